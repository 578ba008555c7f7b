export const a11 = () => 11
export const b11 = () => 11
export const c11 = () => 11
