export const plain = true
