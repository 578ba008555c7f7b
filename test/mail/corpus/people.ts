import { base64, file, mixed, part, parts, raw, type Sample } from './build.ts'

const alternative = { 'Content-Type': 'multipart/alternative; boundary=cut' } as const

/** Mails that people write, in the ways in which their programs send them. */
export const people: readonly Sample[] = [
  {
    name: 'a plain question',
    raw: raw({}, 'Hello,\r\n\r\nTally 4 does not start.\r\n\r\nAda\r\n'),
    expect: {
      sort: 'person',
      from: 'ada@post.example',
      fromName: 'Ada Qvortrup',
      subject: 'Tally does not start',
      text: 'Hello,\n\nTally 4 does not start.\n\nAda',
      messageId: 'a1@post.example',
      answers: [],
      cards: 0,
      without: /192\.0\.2|laptop/,
    },
  },
  {
    name: 'an answer with a thread, the nearest first',
    raw: raw(
      { 'In-Reply-To': '<two@shop.example>', References: '<one@shop.example>\r\n <two@shop.example>' },
      'It works now.\r\n\r\nOn Tuesday Sam wrote:\r\n> Please try again.\r\n',
    ),
    expect: {
      sort: 'person',
      answers: ['two@shop.example', 'one@shop.example'],
      text: 'It works now.\n\nOn Tuesday Sam wrote:\n> Please try again.',
    },
  },
  {
    name: 'quoted-printable in Latin-1, with the name in the header too',
    raw: raw(
      {
        From: '=?iso-8859-1?Q?Ad=E8le_Mu=F1oz?= <adele@post.example>',
        Subject: '=?ISO-8859-1?Q?Sch=F6ne_Gr=FC=DFe?=',
        'Content-Type': 'text/plain; charset=iso-8859-1',
        'Content-Transfer-Encoding': 'quoted-printable',
      },
      'Caf=E9 na=EFf, a line that is =\r\nbroken.\r\n',
    ),
    expect: {
      sort: 'person',
      fromName: 'Adèle Muñoz',
      subject: 'Schöne Grüße',
      text: 'Café naïf, a line that is broken.',
    },
  },
  {
    name: 'base64 in UTF-8, subject in two encoded words',
    raw: raw(
      {
        Subject: '=?utf-8?B?w5xiZXIgVGFs?= =?utf-8?B?bHkgNA==?=',
        'Content-Type': 'text/plain; charset=utf-8',
        'Content-Transfer-Encoding': 'base64',
      },
      base64('Ça ne démarre pas 😀\n'),
    ),
    expect: { sort: 'person', subject: 'Über Tally 4', text: 'Ça ne démarre pas 😀' },
  },
  {
    name: 'GB18030',
    raw: raw({ 'Content-Type': 'text/plain; charset=gb18030' }, Buffer.from('c4e3bac3a3acd0bbd0bb', 'hex')),
    expect: { sort: 'person', text: '你好，谢谢' },
  },
  {
    name: 'Japanese in ISO-2022-JP',
    raw: raw({ 'Content-Type': 'text/plain; charset=iso-2022-jp' }, Buffer.from('1b2442467c4b5c1b2842', 'hex')),
    expect: { sort: 'person', text: '日本' },
  },
  {
    name: 'Cyrillic in KOI8-R',
    raw: raw({ 'Content-Type': 'text/plain; charset=koi8-r' }, Buffer.from('d0d2c9d7c5d4', 'hex')),
    expect: { sort: 'person', text: 'привет' },
  },
  {
    name: 'UTF-8 in headers that nobody encoded',
    raw: raw({ From: 'Zoë <zoë@bücher.example>', Subject: 'Größe' }, 'Hi\r\n'),
    expect: { sort: 'person', from: 'zoë@bücher.example', fromName: 'Zoë', subject: 'Größe' },
  },
  {
    name: 'plain and HTML of the same: the plain one counts',
    raw: raw(
      alternative,
      parts(part('text/plain', 'The plain one.'), part('text/html', '<p>The <b>other</b> one.</p>')),
    ),
    expect: { sort: 'person', text: 'The plain one.', files: [] },
  },
  {
    name: 'HTML alone, with pictures from elsewhere, a style and a script',
    raw: raw(
      { 'Content-Type': 'text/html; charset=utf-8' },
      '<html><head><style>p{color:red}</style><title>t</title></head><body><p>Hello&nbsp;there</p>' +
        '<img src="https://spy.example/open.gif?who=ada" alt="seen"><script>alert("boo")</script>' +
        '<p>See <a href="https://help.example/a?b=1">the page</a>.</p></body></html>',
    ),
    expect: {
      sort: 'person',
      text: 'Hello there\n\nSee the page [https://help.example/a?b=1].',
      without: /spy\.example|boo|color|<p>/,
    },
  },
  {
    name: 'a forward, with the mail inside it',
    raw: raw(
      mixed,
      parts(
        part('text/plain', 'See below.'),
        part(
          'message/rfc822',
          'From: Bela <bela@post.example>\r\nReceived: from [192.0.2.77]\r\nSubject: Old question\r\n\r\nHow do I print?\r\n',
        ),
      ),
    ),
    expect: {
      sort: 'person',
      from: 'ada@post.example',
      text: 'See below.\n\n\n---------------------------------\nFrom:    Bela <bela@post.example>\nSubject: Old question\n---------------------------------\n\nHow do I print?',
      without: /192\.0\.2/,
    },
  },
  {
    name: 'files: each by what it is',
    raw: raw(
      mixed,
      parts(
        part('text/plain', 'Two files.'),
        file('screen.png', 'application/pdf', Buffer.from('89504e470d0a1a0a0000', 'hex')),
        file('log.txt', 'text/plain', 'line 1\nline 2\n'),
        file('page.html', 'image/png', '<script>alert(1)</script>'),
        file('setup.exe', 'image/jpeg', Buffer.from('4d5a900003000000', 'hex')),
      ),
    ),
    expect: {
      sort: 'person',
      files: [
        ['screen.png', 'image/png'],
        ['log.txt', 'text/plain'],
        ['page.html', 'text/plain'],
        ['setup.exe', 'application/octet-stream'],
      ],
    },
  },
  {
    name: 'a file whose name leads elsewhere',
    raw: raw(mixed, parts(part('text/plain', 'x'), file('../../etc/passwd', 'text/plain', 'hello'))),
    expect: { sort: 'person', files: [['.._.._etc_passwd', 'text/plain']] },
  },
  {
    name: 'Auto-Submitted: no is what a person sends',
    raw: raw({ 'Auto-Submitted': 'no' }, 'A human.\r\n'),
    expect: { sort: 'person', text: 'A human.' },
  },
  {
    name: 'a person who writes of version 5.2.1 and an undeliverable parcel',
    raw: raw({ Subject: 'Undeliverable: 5.1.1' }, '5.2.1 fixes the crash\r\nstatus: 5.1.1 permanent error\r\n'),
    expect: { sort: 'person', subject: 'Undeliverable: 5.1.1' },
  },
  {
    name: 'a person who sends a report along is still a person',
    raw: raw(
      mixed,
      parts(
        part('text/plain', 'What does this mean?'),
        part(
          'message/delivery-status',
          'Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; x@y.example\r\nAction: failed\r\nStatus: 5.1.1\r\n',
        ),
      ),
    ),
    expect: { sort: 'person', text: 'What does this mean?' },
  },
  {
    name: 'two in one field of the sender: the first',
    raw: raw({ From: 'Ada <ada@post.example>, Bela <bela@post.example>' }, 'We both.\r\n'),
    expect: { sort: 'person', from: 'ada@post.example' },
  },
]
