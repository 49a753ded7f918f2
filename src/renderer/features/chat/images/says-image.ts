const imageName = /\.(?:png|jpe?g|jfif|webp|gif|heic|heif|avif|bmp|tiff?)$/iu;

/** Whether a file says of itself that it is an image, and so is meant for the question. Whether it is one, its bytes tell later. */
export function saysImage({ name, type }: Pick<File, 'name' | 'type'>): boolean {
  return type.startsWith('image/') || imageName.test(name);
}
