export const a9 = () => 9
export const b9 = () => 9
export const c9 = () => 9
