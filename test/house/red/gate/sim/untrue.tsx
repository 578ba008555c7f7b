export const count: number = 'text'
