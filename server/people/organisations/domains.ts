import { getDomain } from 'tldts'

/** Where everybody has an address: says nothing about whom somebody works for. */
const FREE_MAIL = new Set(
  `gmail.com googlemail.com gmx.de gmx.net gmx.at gmx.ch gmx.com web.de t-online.de freenet.de arcor.de posteo.de posteo.net
  mailbox.org outlook.com outlook.de hotmail.com hotmail.de hotmail.nl live.com live.de live.nl msn.com yahoo.com yahoo.de
  ymail.com icloud.com me.com mac.com aol.com aol.de proton.me protonmail.com pm.me tutanota.com tutanota.de tuta.io
  fastmail.com zoho.com mail.com mail.de email.de online.de ziggo.nl kpnmail.nl xs4all.nl hetnet.nl planet.nl home.nl
  upcmail.nl online.nl casema.nl chello.nl quicknet.nl tele2.nl telenet.be skynet.be scarlet.be proximus.be bluewin.ch
  hispeed.ch sunrise.ch aon.at chello.at drei.at a1.net orange.fr free.fr laposte.net wanadoo.fr sfr.fr libero.it virgilio.it
  yandex.ru yandex.com mail.ru qq.com 163.com 126.com naver.com hey.com duck.com vodafone.de kabelmail.de unitybox.de
  ewe.net versanet.de netcologne.de o2online.de alice-dsl.net`.split(/\s+/),
)

/** The registrable domain of a site or mail address; null where there is none. */
export const registrableDomain = (written: string): string | null =>
  getDomain(written.replace(/^.*@/, ''), { allowPrivateDomains: false })

export const isFreeMail = (domain: string): boolean => FREE_MAIL.has(domain)
