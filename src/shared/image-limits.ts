/** Most pictures of one question. */
export const maxImageCount = 10;
/** Longest side of a picture as it is kept and sent, in pixels. */
export const maxImageSide = 2_048;
/** Largest picture that is kept, in bytes: with its base64 it fits into one frame of the wire. */
export const maxImageBytes = 2 * 1024 * 1024;
