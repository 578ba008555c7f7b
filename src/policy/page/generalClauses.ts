import type { Field } from '../defaults.ts'
import { isOn, type Policy } from '../vendor.ts'
import { inside, list, type Body } from './body.ts'

/** Who answers for the data. Source: GDPR article 13(1) a. */
export function whoClause(policy: Policy): Body {
  const { name, address, country } = policy.controller
  const telephone = policy.contact.telephone ? `, or call ${policy.contact.telephone}` : ''
  return {
    anchor: 'who',
    title: 'Who we are',
    sentences: [
      `${name}, ${address}, ${country}, decides what happens with your data and answers for it.`,
      `Write to ${policy.contact.email}${telephone}.`,
    ],
  }
}

/** Every kind of personal datum at once, and the rules for all of them. */
export function collectedClause(policy: Policy): Body {
  const used = new Set(Object.values(policy.purposes).flatMap((purpose) => Object.keys(purpose.fields) as Field[]))
  const known = Object.keys(policy.fields) as Field[]
  const labels = known.filter((field) => used.has(field)).map((field) => inside(policy.fields[field].label.en))
  return {
    anchor: 'collected',
    title: 'What we hold at all',
    sentences: [
      `Never more than these: ${list(labels)}.`,
      'Each of them only for a purpose named below, and only if that purpose needs it.',
      'Beside each field you see what it is for, and how long we keep it, before you type.',
      'You may keep back what we ask. Then we say what will not work, and everything else goes on.',
    ],
  }
}

/** How time runs out, told as this release does it. */
export function timeClause(): Body {
  return {
    anchor: 'time',
    title: 'How long we keep it',
    sentences: [
      'Beside each purpose stands when its time is over. From then on the program opens nothing for that purpose any more.',
      'What you have erased is destroyed at once. What is out of time is destroyed by the program itself, once an hour: its keys first, so that nobody can read it any more.',
      'A run that would destroy unusually much at once, or after the computer’s date has jumped, waits until we have looked.',
      'What an order asked that is never paid goes a day after the last page on which it could be paid has ended.',
      'The lines of our log go after two years.',
      'After an erasure the order stays in our books with its date and amount, and with nothing that says who you are.',
    ],
  }
}

/** What holds whatever the purposes are. Source: GDPR articles 13(2), 22 and 77. */
export function generalClauses(policy: Policy): Body[] {
  return [
    {
      anchor: 'never-sold',
      title: 'Never sold',
      sentences: [
        'We do not sell what we hold about you, to anybody, in any way.',
        'The program has no purpose and no kind of partner that would allow it.',
      ],
    },
    rightsClause(policy),
    cookiesClause(policy),
    { anchor: 'children', title: 'Children', sentences: [policy.audience.en] },
    { anchor: 'transfers', title: 'Other countries', sentences: [policy.transfers.en] },
    {
      anchor: 'security',
      title: 'How it is kept safe',
      sentences: [
        'What says who you are is sealed with keys of your own. The keys lie apart from the data.',
        'Whoever opens it leaves a line in a log first. You see these lines on your own page.',
        'No system is perfect. If something goes wrong that touches you, we tell you.',
      ],
    },
    {
      anchor: 'authority',
      title: 'If you are not satisfied',
      sentences: [`You may complain to ${policy.authority.name}, ${policy.authority.web}. You need not ask us first.`],
    },
  ]
}

function rightsClause(policy: Policy): Body {
  return {
    anchor: 'rights-of-yours',
    title: 'What you can do',
    sentences: [
      'On the page “Your data” you type your e-mail address and get a link to everything that we hold under it.',
      'There you see what, why, since when, until when, who opened it and to whom it was passed on.',
      'You can read all of it on one page, or download it in a form that other programs can read.',
      'There you can also put right what is wrong, object, and take back what you agreed to.',
      'You can have it erased. Erasing destroys the keys, so that nobody can read it any more. Our logs keep a number that then leads to nobody.',
      'What the law makes us keep for tax stays until its time is over, and is opened for nothing else.',
      `For anything else, or on paper, write to ${policy.contact.email} or to our address. We answer within a month.`,
      'Before this policy changes, everybody whose e-mail address we keep is told by mail, at least two weeks ahead. Whoever comes after that is told in a round that we make once a day.',
      'Where we keep no e-mail address of yours, a mail cannot reach you. The page “/privacy/next” tells what will change, and from when.',
      'No decision about you is made by a machine.',
    ],
  }
}

function cookiesClause(policy: Policy): Body {
  return {
    anchor: 'cookies',
    title: 'Cookies',
    sentences: [
      'A cookie is a small text file. A site hands it to your browser, and the browser shows it again at every visit, like an identity card. Elsewhere it may note that you signed in, what you prefer and what you bought.',
      'You need none here: looking, buying, and seeing or erasing your data work with cookies refused. Only staying signed in, which is for our staff, needs one.',
      ...policy.cookies.map((cookie) => `${cookie.name}: ${cookie.whatFor.en} It ends after ${cookie.lifetime.en}.`),
      ...(isOn(policy, 'statistics')
        ? [
            'On the page “Cookies and counting” you can ask not to be counted, or to be recognised when you return. Neither is set before you choose it.',
          ]
        : []),
      'This program cannot set a cookie that is not listed here. No other company sets one on these pages.',
    ],
  }
}
