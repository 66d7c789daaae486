import type { Wordings } from '../phrases.ts'

/** Written for Rapport; notation: ../phrases.ts. What makes an upset customer more upset. */
export const DISMISSIVE: Wordings = {
  de: `
beruhigen sie sich
beruhige|beruhig dich
regen sie sich ~ ab|auf
reg dich ~ ab|auf
selbst|selber schuld
ihr|dein eigener|eigenes fehler|problem|verschulden
nicht unser|mein problem|fehler|bier
nicht unsere|meine schuld|sache|baustelle
dafür sind wir nicht zuständig
wie ~ bereits|schon|oft mehrfach|mehrmals|oft|hundertmal gesagt|erklärt|erwähnt|geschrieben
wer lesen kann
lesen sie ~ doch|einfach|erst|mal ~ agb|bedingungen|kleingedruckte|anleitung
haben sie ~ nicht|überhaupt ~ gelesen|verstanden
stellen sie sich nicht so an
stell dich nicht so an
übertreiben sie ~ nicht
was erwarten sie|erwartest
dann kaufen|gehen|wechseln sie ~ woanders|anbieter
`,
  nl: `
rustig aan|maar
doe ~ normaal|rustig
eigen schuld
niet ons|mijn probleem|fout
niet onze|mijn schuld
daar gaan|zijn wij|we niet over|verantwoordelijk
zoals ~ al|eerder meerdere|vaker ~ gezegd|aangegeven|uitgelegd
lees ~ eerst|gewoon ~ voorwaarden
stel je niet|aan
wie kan lezen
overdrijf|overdrijven ~ niet
wat had je|u dan verwacht
`,
  en: `
calm down
relax|chill ~ mate|sir|dude|man|buddy
not our|my problem|fault
your own|entire fault
that's|thats your problem|fault
as i|we ~ already|previously ~ said|told|explained|mentioned|stated ~ times
as already|previously|repeatedly explained|stated|told
if you ~ bothered to|had bothered|actually read
just read the|our ~ terms|print|faq|manual
you should have ~ read|known|thought|checked
get over it
deal with it
what did|do you expect
stop ~ complaining|whining|shouting|swearing
not my|our job
`,
}

/** What is said among ourselves only. */
export const CONFIDED: Wordings = {
  de: `
unter uns ~ gesagt
ganz im vertrauen
im vertrauen ~ gesagt
darf ich ~ nicht|eigentlich ~ sagen|verraten
sollte|dürfte ich ~ eigentlich|nicht ~ sagen|verraten
von mir haben|hast sie|du das nicht
streng vertraulich
nur für den internen|intern gebrauch
nur intern
`,
  nl: `
onder ons ~ gezegd
mag ik ~ eigenlijk|niet ~ zeggen|vertellen
tussen ons
in vertrouwen ~ gezegd|zeggen
strikt vertrouwelijk
alleen voor intern gebruik
`,
  en: `
between you and me
just|strictly between us
off the record
not supposed|allowed to tell|say
shouldn't|shouldnt ~ be ~ telling|saying
you didn't|didnt hear ~ from me
strictly confidential
internal|internally use only
for internal use
`,
}

/** A member's own contact, offered by itself. */
export const PRIVATE_CONTACT: Wordings = {
  de: `
meine|meiner private|privaten|persönliche|persönlichen ~ nummer|handynummer|telefonnummer|mail|e|email|adresse
meine|meiner handynummer|mobilnummer|privatnummer
mich|mir ~ privat|persönlich ~ anrufen|schreiben|erreichen
`,
  nl: `
mijn privénummer|privé|prive|persoonlijke|eigen ~ nummer|mail|mailadres|telefoonnummer|06
mijn privénummer|mobiel|06
`,
  en: `
my private|personal|own|direct ~ number|phone|cell|mobile|email|mail|address|account
my cell|mobile|phone ~ number
text|call|ring|email me at|on
`,
}

/** What concerns us and nobody else. */
export const OWN_AFFAIRS: Wordings = {
  de: `
mein|meine|unser chef|chefin|vorgesetzter|vorgesetzte
ich bin ~ krank|verkatert|gestresst|überarbeitet|neu hier
meine schicht|pause
ich|wir ~ keine lust
mein|meine freund|freundin|mann|frau|kind|kinder|mutter|vater
`,
  nl: `
mijn baas|chef|leidinggevende
ik ben ~ ziek|overwerkt|nieuw hier
mijn dienst|pauze
mijn vriend|vriendin|man|vrouw|kind|kinderen|moeder|vader
geen zin
`,
  en: `
my boss
i'm|im ~ sick|ill|hungover|overworked|new here
my shift|lunch|break
my wife|husband|girlfriend|boyfriend|kid|kids|mother|mom|mum|dad|father
i|we hate|loathe ~ job|here
`,
}

/** Calls to buy, follow or take part. */
export const PROMOTION: Wordings = {
  de: `
jetzt ~ kaufen|bestellen|sichern|shoppen|buchen|zugreifen|anmelden|downloaden|entdecken
nur heute|noch|solange ~ erhältlich|vorrat|tage|rabatt
rabatt*
gutscheincode*
mit code
mit dem ~ code
abonniere|abonnieren|abonniert ~ unseren|unser|kanal|newsletter
folge|folgen|folgt ~ uns
unser|unseren|unserem newsletter
unsere neue|neuen|neuste|neueste ~ kollektion|produkte|serie|app|angebote
unser neues|neuestes ~ produkt|angebot
besuchen|besuche|besucht ~ unseren|unser ~ shop|onlineshop|store
schau|schauen|schaut ~ in|bei unserem|unseren ~ shop|onlineshop|store
angebot der woche|des
gewinnspiel
`,
  nl: `
nu ~ kopen|bestellen|boeken|verkrijgbaar|shoppen|aanmelden
alleen vandaag|nog
korting*
kortingscode*
met code
met de ~ code
abonneer|abonneren ~ ons|onze|kanaal|nieuwsbrief
volg ons
onze nieuwsbrief
onze nieuwe|nieuwste ~ collectie|producten|app|aanbiedingen
ons nieuwe|nieuwste ~ product|aanbod
bezoek ~ onze ~ winkel|webshop|shop
bekijk ~ onze ~ aanbiedingen|aanbieding|collectie|webshop
winactie
`,
  en: `
shop|buy|order|book now
order|buy|get yours today
check out our ~ new|latest|range|collection|deals|offers|products|store|menu|sale
our new|latest|brand ~ collection|range|product|products|app|album|flavour|flavor
discount code
promo|coupon code
use|with code
use ~ promo|discount|coupon|voucher code
limited time ~ offer|only
sign up for ~ our
subscribe to ~ our
follow us
our newsletter
download our|the ~ app ~ today|now
don't miss ~ out|our|this
on sale now
best deals|prices|offers
enter|join our|the ~ giveaway|competition|sweepstakes
visit our ~ shop|store|webshop ~ today|now
upgrade to|now ~ premium|today
`,
}
