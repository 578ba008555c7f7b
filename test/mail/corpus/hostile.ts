import { file, mixed, part, parts, raw, type Sample } from './build.ts'

const CARD = '4111 1111 1111 1111'
const CUT = '[card number removed, ends 1111]'
const gone = /4111|１|٤/

/** Card numbers in eight disguises. */
const cards: readonly Sample[] = [
  {
    name: 'a card in the subject',
    raw: raw({ Subject: `My card ${CARD}` }, 'x'),
    expect: { sort: 'person', subject: `My card ${CUT}`, cards: 1, without: gone },
  },
  {
    name: 'a card over two lines',
    raw: raw({}, 'It is 4111 1111\r\n1111 1111, ok?'),
    expect: { sort: 'person', text: `It is ${CUT}, ok?`, cards: 1, without: gone },
  },
  {
    name: 'a card in HTML, with tags between its digits',
    raw: raw({ 'Content-Type': 'text/html' }, '<p>It is <b>4111</b><i>-1111</i>-<span>11</span>11-1111</p>'),
    expect: { sort: 'person', text: `It is ${CUT}`, cards: 1, without: gone },
  },
  {
    name: 'a card in full-width digits',
    raw: raw({ 'Content-Type': 'text/plain; charset=utf-8' }, '４１１１１１１１１１１１１１１１'),
    expect: { sort: 'person', text: CUT, cards: 1, without: gone },
  },
  {
    name: 'a card with spaces that do not break',
    raw: raw({ 'Content-Type': 'text/plain; charset=utf-8' }, '4111\u00a01111\u00a01111\u00a01111'),
    expect: { sort: 'person', text: CUT, cards: 1, without: gone },
  },
  {
    name: 'a card in a quoted mail',
    raw: raw({}, 'Ok.\r\n> 4111-1111-\r\n> 1111-1111\r\n'),
    expect: { sort: 'person', text: `Ok.\n> ${CUT}`, cards: 1, without: gone },
  },
  {
    name: 'a card in a file of text and in its name',
    raw: raw(
      mixed,
      parts(part('text/plain', 'See file'), file('4111111111111111.txt', 'text/plain', `card=${CARD}\n`)),
    ),
    expect: { sort: 'person', files: [[`${CUT}.txt`, 'text/plain']], cards: 2, without: gone },
  },
  {
    name: 'a card that quoted-printable breaks in two',
    raw: raw({ 'Content-Transfer-Encoding': 'quoted-printable' }, '4111=201111=2011=\r\n11=201111'),
    expect: { sort: 'person', text: CUT, cards: 1, without: gone },
  },
]

const deep = (depth: number): string =>
  depth === 0
    ? 'end'
    : `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}\r\n${deep(depth - 1)}\r\n--b${depth}--\r\n`

/** Mails that are broken, or meant to break something. */
export const hostile: readonly Sample[] = [
  ...cards,
  {
    name: 'no Message-ID, no date, no sender',
    raw: raw({ 'Message-ID': undefined, Date: undefined, From: undefined }, 'Hi'),
    expect: { sort: 'person', from: undefined, messageId: undefined, text: 'Hi' },
  },
  {
    name: 'a sender that would end its line',
    raw: raw({ From: '"Ada\r\n Bcc: x@y.example" <ada@post.example>' }, 'Hi'),
    expect: { sort: 'person', from: 'ada@post.example', fromName: 'Ada Bcc: x@y.example' },
  },
  {
    name: 'a subject of several lines',
    raw: raw({ Subject: '=?utf-8?Q?One=0D=0ABcc:_x=40y.example?=' }, 'Hi'),
    expect: { sort: 'person', subject: 'One Bcc: x@y.example' },
  },
  {
    name: 'an address that is none',
    raw: raw({ From: 'Ada <ada@@post..example, >' }, 'Hi'),
    expect: { sort: 'person', text: 'Hi' },
  },
  {
    name: 'parts without an end',
    raw: raw(mixed, '--cut\r\nContent-Type: text/plain\r\n\r\nCut off here'),
    expect: { sort: 'person', text: 'Cut off here' },
  },
  {
    name: 'parts without a boundary',
    raw: raw({ 'Content-Type': 'multipart/mixed' }, 'Only this'),
    expect: { sort: 'person' },
  },
  {
    name: 'an encoding that nobody knows',
    raw: raw({ 'Content-Type': 'text/plain; charset=x-klingon', 'Content-Transfer-Encoding': 'x-rot13' }, 'Qapla'),
    expect: { sort: 'person', text: 'Qapla' },
  },
  {
    name: 'a line of eight thousand signs',
    raw: raw({}, 'x'.repeat(8192)),
    expect: { sort: 'person', text: 'x'.repeat(8192) },
  },
  {
    name: 'three hundred thousand signs: the first sixty thousand',
    raw: raw({}, 'ab '.repeat(100_000)),
    expect: { sort: 'person', text: `${'ab '.repeat(20_000)}\n[…]` },
  },
  {
    name: 'parts in parts in parts',
    raw: raw({ 'Content-Type': 'multipart/mixed; boundary=b40' }, deep(40)),
    expect: { sort: 'unreadable', because: 'not-a-mail' },
  },
  {
    name: 'a thousand parts',
    raw: raw(mixed, parts(...Array.from({ length: 1000 }, () => part('text/plain', 'x')))),
    expect: { sort: 'unreadable', because: 'too-many-parts' },
  },
  {
    name: 'more than it may be',
    raw: Buffer.alloc(27 * 1024 * 1024, 'x'),
    expect: { sort: 'unreadable', because: 'too-big' },
  },
  {
    name: 'headers without an end',
    raw: raw({ 'X-Pad': 'x'.repeat(300_000) }, 'Hi'),
    expect: { sort: 'unreadable', because: 'not-a-mail' },
  },
  { name: 'nothing at all', raw: Buffer.from(''), expect: { sort: 'unreadable', because: 'not-a-mail' } },
  {
    name: 'thirty files: twenty',
    raw: raw(
      mixed,
      parts(part('text/plain', 'x'), ...Array.from({ length: 30 }, (_, n) => file(`${n}.txt`, 'text/plain', 'x'))),
    ),
    expect: { sort: 'person', leftOut: 10 },
  },
  { name: 'zeros', raw: raw({}, Buffer.from([0x48, 0, 0, 0x69])), expect: { sort: 'person', text: 'Hi' } },
  {
    name: 'a thousand references: the nearest fifty',
    raw: raw({ References: Array.from({ length: 60 }, (_, n) => `<${n}@x.example>`).join('\r\n ') }, 'Hi'),
    expect: { sort: 'person', answers: Array.from({ length: 50 }, (_, n) => `${59 - n}@x.example`) },
  },
]
