/**
 * The shape another language must have to match English: the same keys with texts of its own.
 * `_one` forms may be left out, since Japanese has no singular of its own.
 */
export type Localized<T> = {
  readonly [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string ? string : Localized<T[K]>;
};
