export const a12 = () => 12
export const b12 = () => 12
export const c12 = () => 12
