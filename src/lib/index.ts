export { brandOf, FEWEST_DIGITS, MOST_DIGITS } from './cardNumber.ts'
export { cutCards, hasCut, isIban, wallsIn, type Cut } from './cards.ts'
export {
  after,
  dayIn,
  dayStartIn,
  earlier,
  instant,
  instantFromSeconds,
  later,
  movableClock,
  isDay,
  noonOf,
  systemNow,
  waitAtMost,
  yearEndIn,
  type Now,
} from './clock.ts'
export { hashToken, idFrom, isId, keyedHash, newId, newToken, readableCode, sameSecret, type Id } from './ids.ts'
export { stderrLog, word, type Log, type LogValue } from './log.ts'
export { formatMoney, minorDigits, minorOf, readMoney, taxWithin, typedMoney, type Money } from './money.ts'
export { Broken, errorCode } from './outcome.ts'
export { codeVersion } from './version.ts'
