export const a11 = () => 11
