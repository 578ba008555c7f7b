import { part, parts, raw, type Sample } from './build.ts'

const report = {
  'Return-Path': '<>',
  From: 'Mail Delivery System <MAILER-DAEMON@mx.example>',
  'Content-Type': 'multipart/report; report-type=delivery-status; boundary=cut',
  'Auto-Submitted': 'auto-replied',
} as const

const OURS = `${'ab'.repeat(20)}@shop.example`

function status(...recipients: readonly (readonly [string, string, string])[]): string {
  const blocks = recipients.map(
    ([to, action, code]) =>
      `Final-Recipient: rfc822; ${to}\r\nOriginal-Recipient: rfc822;${to}\r\nAction: ${action}\r\nStatus: ${code}\r\nRemote-MTA: dns; mx.post.example\r\nDiagnostic-Code: smtp; 550 ${code} <${to}>: nobody here`,
  )
  return part(
    'message/delivery-status',
    ['Reporting-MTA: dns; mx.example\r\nArrival-Date: Tue, 24 Nov 2026 11:00:00 +0100', ...blocks].join('\r\n\r\n'),
  )
}

const copy = (id: string, type = 'message/rfc822'): string =>
  part(
    type,
    `From: shop@higosoft.example\r\nTo: ada@post.example\r\nSubject: Your question\r\nMessage-ID: <${id}>\r\n\r\nHello\r\n`,
  )

/** Mails that programs write: answers while somebody is away, lists, and our own mails coming back. */
export const machines: readonly Sample[] = [
  {
    name: 'away, as the standard says it',
    raw: raw(
      { 'Auto-Submitted': 'auto-replied', 'In-Reply-To': `<${OURS}>` },
      'I am away.\r\n5.2.1 fixes the crash\r\n',
    ),
    expect: { sort: 'automatic', because: 'auto-submitted', answers: [OURS] },
  },
  {
    name: 'AUTO-GENERATED in capitals',
    raw: raw({ 'AUTO-SUBMITTED': 'AUTO-GENERATED' }, 'Beep.\r\n'),
    expect: { sort: 'automatic', because: 'auto-submitted' },
  },
  {
    name: 'away, with an empty return path only',
    raw: raw({ 'Return-Path': '<>' }, 'I am away.\r\n'),
    expect: { sort: 'automatic', because: 'null-return-path' },
  },
  {
    name: 'a program that asks for no answers',
    raw: raw({ 'X-Auto-Response-Suppress': 'OOF, AutoReply' }, 'Ticket 4711 was made.\r\n'),
    expect: { sort: 'automatic', because: 'suppress' },
  },
  {
    name: 'a list',
    raw: raw({ 'List-Id': 'Friends of Tally <tally.lists.example>' }, 'Digest 4.\r\n'),
    expect: { sort: 'automatic', because: 'list' },
  },
  {
    name: 'bulk, in odd capitals',
    raw: raw({ Precedence: 'Bulk' }, 'Offers.\r\n'),
    expect: { sort: 'automatic', because: 'precedence' },
  },
  {
    name: 'Precedence: special-delivery is nothing',
    raw: raw({ Precedence: 'special-delivery' }, 'Hello.\r\n'),
    expect: { sort: 'person' },
  },
  {
    name: 'came back, as Postfix says it',
    raw: raw(
      report,
      parts(
        part('text/plain', 'I am sorry to have to inform you'),
        status(['ada@post.example', 'failed', '5.1.1']),
        copy(OURS),
      ),
    ),
    expect: { sort: 'bounce', messageId: OURS, reports: [['failed', '5.1.1']], without: /nobody here.*nobody/ },
  },
  {
    name: 'came back, as Exim says it, with the headers alone',
    raw: raw(
      {
        ...report,
        'Content-Type': 'multipart/report;\r\n report-type="delivery-status";\r\n boundary="cut"',
        'X-Failed-Recipients': 'ada@post.example',
      },
      parts(
        part('text/plain', 'This message was created automatically'),
        status(['ada@post.example', 'failed', '5.0.0']),
        copy(OURS, 'text/rfc822-headers'),
      ),
    ),
    expect: { sort: 'bounce', messageId: OURS, reports: [['failed', '5.0.0']] },
  },
  {
    name: 'came back, as Exchange says it, the report in HTML before it',
    raw: raw(
      { ...report, 'Auto-Submitted': undefined, From: '<postmaster@mail.example>' },
      parts(
        part('text/html', '<h2>Delivery has failed</h2>'),
        status(['ada@post.example', 'Failed', '5.2.2']),
        copy(OURS),
      ),
    ),
    expect: { sort: 'bounce', messageId: OURS, reports: [['failed', '5.2.2']] },
  },
  {
    name: 'late, not lost',
    raw: raw(
      report,
      parts(part('text/plain', 'Delayed'), status(['ada@post.example', 'delayed', '4.4.1']), copy(OURS)),
    ),
    expect: { sort: 'bounce', reports: [['delayed', '4.4.1']] },
  },
  {
    name: 'three recipients in one report',
    raw: raw(
      report,
      parts(
        part('text/plain', 'x'),
        status(
          ['a@x.example', 'failed', '5.1.1'],
          ['b@x.example', 'delivered', '2.0.0'],
          ['c@x.example', 'failed', '5.7.1'],
        ),
        copy(OURS),
      ),
    ),
    expect: {
      sort: 'bounce',
      reports: [
        ['failed', '5.1.1'],
        ['delivered', '2.0.0'],
        ['failed', '5.7.1'],
      ],
    },
  },
  {
    name: 'a report without a copy of our mail says nothing about one',
    raw: raw(report, parts(part('text/plain', 'x'), status(['ada@post.example', 'failed', '5.1.1']))),
    expect: { sort: 'bounce', messageId: undefined, reports: [['failed', '5.1.1']] },
  },
  {
    name: 'came back in words only: for a human, and no bounce',
    raw: raw(
      { 'Return-Path': '<>', From: 'MAILER-DAEMON@old.example', Subject: 'failure notice' },
      'Hi. This is the program at old.example.\r\n<ada@post.example>:\r\n550 5.1.1 no such user\r\n',
    ),
    expect: { sort: 'automatic', because: 'null-return-path' },
  },
  {
    name: 'a receipt for reading is a report and no bounce',
    raw: raw(
      { 'Content-Type': 'multipart/report; report-type=disposition-notification; boundary=cut' },
      parts(
        part('text/plain', 'Your message was read'),
        part('message/disposition-notification', 'Disposition: manual-action/MDN-sent-manually; displayed'),
      ),
    ),
    expect: { sort: 'automatic', because: 'report' },
  },
]
