import type { CheckId } from '../finding.ts'
import { findBirthDates } from './birth-date.ts'
import { findClaims, findOtherBrands } from './brand-words.ts'
import { findCardNumbers } from './card-number.ts'
import type { Check } from './check.ts'
import { findAuthor, findEmbargo, findFreeze, findUnread } from './circumstances.ts'
import { findCustomerNumbers } from './customer-number.ts'
import { findMissingDisclosures } from './disclosure.ts'
import { findFormsOfAddress } from './form-of-address.ts'
import { findIbans } from './iban.ts'
import { findOtherLanguage } from './language.ts'
import { findLinks } from './link.ts'
import { findInsults, findShouting } from './loudness.ts'
import { findMailAddresses } from './mail-address.ts'
import { findColleagues, findCustomerNames, findOtherRecipients } from './names.ts'
import { findNumberPlates } from './number-plate.ts'
import { findPhoneNumbers } from './phone-number.ts'
import { findPlaceholders } from './placeholder.ts'
import { findPostalAddresses } from './postal-address.ts'
import { findPrices } from './price.ts'
import {
  findAskedPersonal,
  findDeadlines,
  findDismissive,
  findGuarantees,
  findInsideTalk,
  findPromotion,
  findRefunds,
} from './wordings.ts'

export const RUN: Readonly<Record<CheckId, Check>> = {
  iban: findIbans,
  'card-number': findCardNumbers,
  'mail-address': findMailAddresses,
  'phone-number': findPhoneNumbers,
  'customer-number': findCustomerNumbers,
  'postal-address': findPostalAddresses,
  'birth-date': findBirthDates,
  'number-plate': findNumberPlates,
  'customer-name': findCustomerNames,
  'asks-personal': findAskedPersonal,
  colleague: findColleagues,
  'inside-talk': findInsideTalk,
  claim: findClaims,
  disclosure: findMissingDisclosures,
  language: findOtherLanguage,
  guarantee: findGuarantees,
  deadline: findDeadlines,
  refund: findRefunds,
  price: findPrices,
  link: findLinks,
  'form-of-address': findFormsOfAddress,
  promotion: findPromotion,
  'other-brand': findOtherBrands,
  recipient: findOtherRecipients,
  insult: findInsults,
  shouting: findShouting,
  dismissive: findDismissive,
  placeholder: findPlaceholders,
  embargo: findEmbargo,
  freeze: findFreeze,
  author: findAuthor,
  unread: findUnread,
}

/** These read the same characters: what an earlier one found is not found again as something less certain. */
export const MOST_CERTAIN_FIRST: readonly CheckId[] = [
  'iban',
  'card-number',
  'mail-address',
  'customer-number',
  'phone-number',
  'number-plate',
  'customer-name',
]
