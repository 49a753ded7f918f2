/** Largest file accepted, in bytes. Apart from the contract, so that the page can refuse a file without loading zod. */
export const maxFileBytes = 200 * 1024 * 1024;
