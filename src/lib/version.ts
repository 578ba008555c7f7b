/** Which version of the program wrote something that is kept as proof. Shape: as in package.json, which a test compares. */
export const codeVersion = '0.1.0'
