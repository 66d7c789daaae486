import { network, standing } from './accounts.ts'
import { identifier, mail, phone, picture, provenId, provenLink } from './contacts.ts'
import { birthDate, year } from './dates.ts'
import { handle, handleName } from './handles.ts'
import type { Topic } from './levels.ts'
import { accountLink, site } from './links.ts'
import { given, name, surname } from './names.ts'
import { people } from './people.ts'
import { category, city, houseNumber, postcode } from './places.ts'
import type { Reader } from './value.ts'
import { address, organisation, text, title } from './word-sets.ts'

export const READERS: Readonly<Record<Topic, Reader>> = {
  given,
  surname,
  name,
  handle,
  'handle-name': handleName,
  'birth-date': birthDate,
  mail,
  phone,
  identifier,
  site,
  'account-link': accountLink,
  'proven-link': provenLink,
  'proven-id': provenId,
  picture,
  address,
  'house-number': houseNumber,
  city,
  postcode,
  organisation,
  title,
  year,
  people,
  text,
  category,
  network,
  standing,
}
