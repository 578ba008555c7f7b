import type { Place } from '../src/contact/paper/index.ts'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('')
const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })

/** Every code that names a country or territory. */
export const COUNTRIES: readonly string[] = LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).filter(
  (code) => regions.of(code) !== undefined && !['EU', 'EZ', 'UN', 'XA', 'XB', 'ZZ', 'QO'].includes(code),
)

const NAMES = [
  'Ada Quill',
  'Prof. dr. Bela Széchenyi-Wojciechowska van den Oosterhuizen, afdeling Gegevensverwerking en Archief',
  'Ελευθερία Παπαδοπούλου-Χατζηκωνσταντίνου',
  'Владимир Александрович Достопримечательный-Белозерский',
  'Գրիգոր Տեր-Հովհաննիսյան',
  'გიორგი ჯავახიშვილი-მაჭავარიანი',
  'Nguyễn Thị Ánh Nguyệt',
  'Þórhildur Sigurðardóttir',
]
const STREETS = [
  'Kraanlei 1',
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsstraße 128 bis c, Hinterhaus\nStiege IV, 3. Stock links\nc/o Mallory & Töchter',
  'Ulica Gospodarcza im. Świętego Władysława Jagiellończyka 117/119 m. 23 klatka schodowa B',
  'Building 4, Unit 1207, Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch Industrial Estate\nSecond Cross Road, behind the old customs house',
]
const CITIES = [
  'Gent',
  'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch, Isle of Anglesey',
  'Washington, District of Columbia',
  'São José do Vale do Rio Preto – RJ',
  'Taumatawhakatangihangakoauauotamateaturipukakapikimaungahoronukupokaiwhenuakitanatahu',
]
const POSTCODES = ['9000', 'SW1A 1AA', '', '12345-6789']

/** Two addresses for each country, short and long ones in many scripts. */
export const ADDRESSES: readonly (Place & { readonly country: string })[] = COUNTRIES.flatMap((country, at) =>
  [at, at * 7 + 3].map((pick) => ({
    name: NAMES[pick % NAMES.length],
    street: STREETS[pick % STREETS.length],
    postcode: POSTCODES[pick % POSTCODES.length],
    city: CITIES[pick % CITIES.length],
    country,
  })),
)
