export const a4 = () => 4
export const b4 = () => 4
export const c4 = () => 4
