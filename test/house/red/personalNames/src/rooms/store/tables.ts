export type StoreTables = {
  order_line: { product_name: string; label: string; tax_rate: number }
  buyer: { person_id: string } // red
  parcel: {
    email: string // red
    name: string // red
    full_name: string | null // red
    delivery_street: string // red
    telephones: string[] // red
    eMail: string // red
    ip: string // red
    remoteIpAddress: string // red
    email_hash: Buffer // red
    licence_key: string // red
    card_last_digits: string // red
    key_hash: Buffer
    expires_at: Date
    mail_id: string
    value_names: string[]
  }
}
