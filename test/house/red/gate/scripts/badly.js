export const  badly   = 1;
