import type { ModelRef } from '../../../../shared/contract/chat.ts';
import { takesImages } from '../../../../shared/takes-images.ts';
import type { ChatChoices } from '../use-chat-choices.ts';
import type { ProviderModels } from '../use-models.ts';

/** Whether a model is known to take no images. */
export function isBlind(groups: readonly ProviderModels[], model: ModelRef): boolean {
  const group = groups.find(({ provider }) => provider.id === model.providerId);
  if (group === undefined) return false;
  const listed = group.models.find(({ id }) => id === model.modelId);
  // One that is not in its provider's list has a name all the same.
  return (listed === undefined ? takesImages(group.provider, model.modelId) : listed.takesImages) === false;
}

/** The choices for a question with images: without the models that are known to take none; null when no other is asked. */
export function seeingChoices(choices: ChatChoices): ChatChoices | null {
  const { groups, model, compareWith } = choices;
  const [first, second = null] = [model, compareWith].filter((each) => each !== null).filter((each) => !isBlind(groups, each));
  return first === undefined ? null : { ...choices, model: first, compareWith: second };
}

/** A model that is known to take images and is not asked already, of the same provider if it has one; null when there is none. */
export function seeingModel(groups: readonly ProviderModels[], insteadOf: ModelRef, asked: readonly ModelRef[]): ModelRef | null {
  const isOwn = ({ provider }: ProviderModels): boolean => provider.id === insteadOf.providerId;
  const nearest = [...groups.filter(isOwn), ...groups.filter((group) => !isOwn(group))];
  for (const { provider, models } of nearest) {
    const isAsked = (modelId: string): boolean => asked.some((each) => each.providerId === provider.id && each.modelId === modelId);
    const seeing = models.find(({ id, takesImages: sees }) => sees === true && !isAsked(id));
    if (seeing !== undefined) return { providerId: provider.id, modelId: seeing.id };
  }
  return null;
}
