export type Frame = { words: import('./saying.ts').Words } // red
