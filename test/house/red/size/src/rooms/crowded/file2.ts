export const a2 = () => 2
export const b2 = () => 2
export const c2 = () => 2
