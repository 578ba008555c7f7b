export const EXPIRY = /\d\d\/\d\d/
