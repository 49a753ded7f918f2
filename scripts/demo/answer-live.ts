import { answerTask } from '../../src/main/core/providers/demo/answer-task.ts';
import { languageOf } from '../../src/main/core/providers/demo/language.ts';
import type { DemoTask } from '../../src/main/core/providers/demo/read-prompt.ts';
import type { SampleModel } from '../sample-spend/sample-models.ts';
import type { SampleReply } from './sample-model.ts';

/** What the sample model is and what one can ask of it; it understands nothing. */
const introductions = {
  en: (model: string) =>
    `**Sample answer.** No model wrote this: a script on this computer stands in for ${model}, and nothing was sent anywhere. Tokens and cost are reckoned as ${model} would be billed.\n\nIt can quote the sample documents. Choose them below and ask, for example, *When can the landlord raise the rent?*`,
  ja: (model: string) =>
    `**サンプルの回答です。** ${model}の代わりにこのコンピューター上のスクリプトが返しており、どこにも送信していません。トークンと費用は${model}の料金で計算しています。\n\nサンプルの文書から引用することはできます。下で文書を選び、たとえば「家賃の値上げはいつできますか」と聞いてみてください。`,
};

/** Replies as the built-in demo does, from the passages in the prompt; without passages it says what it is. */
export function answerLive(task: DemoTask, { model }: SampleModel): SampleReply {
  if (task.kind === 'answer' && task.passages === null) return { text: introductions[languageOf(task.question)](model) };
  return { text: answerTask(task) };
}
