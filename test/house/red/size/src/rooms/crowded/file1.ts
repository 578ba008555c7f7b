export const a1 = () => 1
export const b1 = () => 1
export const c1 = () => 1
