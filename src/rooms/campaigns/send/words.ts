type MailParts = {
  readonly words: string
  readonly why: string
  readonly stopLink: string
  readonly code: string
  readonly shop: string
}

/** What stands around the vendor's own words in a mail of news, in English. */
export const en = {
  mail: ({ words, why, stopLink, code, shop }: MailParts) => `${words}

--
${why}
No more news? Open this link and press the button: ${stopLink}
If you order, you may type the code ${code} on the order form, so that we know what our news is good for. It is the same for everybody.
What we do with your data: ${shop}/privacy
`,
  why: (shop: string) =>
    `You get this because you asked for news by e-mail. When and where you did stands on your own page: ${shop}/your-data`,
  whyTest: 'This is a test. A reader sees here why the mail came.',
} as const
