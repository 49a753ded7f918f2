import type { palette as en } from '../en/palette.ts';
import type { Localized } from '../../localized.ts';

export const palette: Localized<typeof en> = {
  group: {
    recent: '最近',
    conversations: '会話',
    messages: 'メッセージ',
    actions: '操作',
    places: '画面',
    assistants: 'アシスタントを選んで始める',
    prompts: 'プロンプト',
    settings: '設定',
  },
  command: {
    chooseModel: 'モデルを選ぶ',
    find: 'この会話の中を検索',
    shortcuts: 'キーボードショートカット',
    inspector: '回答の詳細',
    prompt: 'プロンプトを使う：{{name}}',
    theme: '外観：{{name}}',
    language: '言語：{{name}}',
    larger: '文字を大きく',
    smaller: '文字を小さく',
  },
  shortcuts: {
    title: 'キーボードショートカット',
    hint: 'すべての操作はキーボードだけでできます。専用のキーがないものには Tab で移動します。',
    groups: { anywhere: '全般', places: '画面', writing: '入力中' },
    anywhere: {
      palette: '検索と操作',
      newChat: '新しいチャット',
      find: 'この会話の中を検索',
      searchAll: 'すべてを検索',
      inspector: '回答の詳細',
      sidebar: 'サイドバー',
      settings: '設定',
      theme: 'ライト／ダークの切り替え（入力欄の外で）',
      list: 'この一覧',
    },
    places: { chat: 'チャット', documents: '文書', spend: '利用額', settings: '設定' },
    writing: {
      send: '送信',
      newLine: '改行',
      prompts: 'プロンプトを呼び出す',
      documents: '検索対象の文書やコレクションを選ぶ',
      model: 'モデルを選ぶ',
      editLast: '直前の質問を編集（入力欄が空のとき）',
      stop: '回答を停止',
    },
  },
  notify: {
    unread: '新しい回答',
    done: '回答が届きました。',
  },
};
