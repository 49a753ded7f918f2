import type { firstRun as en } from '../en/firstRun.ts';
import type { Localized } from '../../localized.ts';

export const firstRun: Localized<typeof en> = {
  welcome: 'Tallyへようこそ',
  promise:
    '好きなモデルとチャットし、手元の文書について質問し、回答一つひとつの費用をトークン単位で確かめられます。データはすべてこのコンピューターに保存されます。',
  language: '言語',
  back: '戻る',
  skip: 'まず見てまわる',
  door: {
    key: { title: 'APIキーを持っています', body: 'OpenAIや、その互換サービスで使えます。料金は各サービスに直接支払います。' },
    local: {
      title: 'このコンピューターでモデルを動かしています',
      body: 'Ollama、LM Studio、llama.cpp、vLLMに対応しています。無料で、データが外に出ることはありません。',
    },
    demo: { title: 'まず試してみたい', body: '内蔵のデモとサンプル文書を使います。無料で、登録もいりません。' },
  },
  key: {
    title: 'APIキーで接続する',
    submit: 'テストして次へ',
    testing: 'テスト中…',
  },
  local: {
    title: 'このコンピューターのモデル',
    looking: 'モデルサーバーを探しています…',
    found: 'このコンピューターで見つかりました:',
    use: 'これを使う',
    noModels: 'モデルがまだありません。先にモデルを読み込んでから、もう一度探してください。',
    nothing: 'モデルサーバーが見つかりませんでした',
    nothingHelp:
      'Ollama、LM Studio、llama.cpp、vLLMのいずれかを起動して、もう一度探してください。確認するのは、それぞれの標準のポートだけです。',
    again: 'もう一度探す',
  },
  model: {
    title: '最初に使うモデルを選ぶ',
    hint: 'チャットの途中でも、いつでも変えられます。',
    label: 'モデル',
    none: 'このサービスからは、チャット用モデルの一覧を取得できませんでした。あとで設定から選んでください。',
    start: 'チャットを始める',
  },
  demo: {
    title: 'サンプル文書に質問する',
    about:
      '市民農園の利用案内です。デモのモデルは、文書の中の文をそのまま使って答え、その場所を示します。本物のモデルは、自分の言葉で答えます。',
    preparing: 'サンプルを読み取っています…',
    ready: '準備ができました。質問を選んでください。',
  },
};
