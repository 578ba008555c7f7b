/** What stands below a letter of news: why it came, how to stop it, and where to read the rest. */
export function letterWords({ email, shop, code }: { email: string; shop: string; code: string }): string[] {
  return [
    `You get this letter because news by post was asked for at this address on ${shop}/news. If it was not you, or you want no more, one word to ${email} or to our address above ends it, for good; so does ${shop}/your-data.`,
    `If you order, you may type the code ${code} on the order form. It is the same for everybody. What we do with your data: ${shop}/privacy`,
  ]
}
