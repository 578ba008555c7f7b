export const a5 = () => 5
export const b5 = () => 5
export const c5 = () => 5
