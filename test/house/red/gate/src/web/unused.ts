export const nobody = 'asks for this'
