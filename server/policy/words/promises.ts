import type { Language, Wordings } from '../phrases.ts'

/** Written for Rapport; notation: ../phrases.ts. What nobody may promise in public without knowing it. */
export const GUARANTEES: Wordings = {
  de: `
klappt|funktioniert ~ auf jeden fall
& stehen|stehe dafür ein|gerade
wird|werden|klappt|funktioniert ~ mit sicherheit
& auf uns|mich verlassen
& wort mein|unser haben|habt|hast|gebe|geben|darauf|drauf
& sichern|sichere|sagen|sage ihnen|dir|euch zu
& verlassen darauf|drauf kannst|können|könnt
hundert|100 prozent|prozentig
hundertprozentig*
absolut|völlig|garantiert sicher
das ist ~ ausgeschlossen
garantiere|garantieren|verspreche|versprechen|versichere|versichern|zusichern|zusagen ~ ihnen|dir|euch
ich|wir garantiere|garantieren|verspreche|versprechen|versichere|versichern
fest|heilig versprochen
wird|werden|ist|sind|bekommen|erhalten|bekommst|erhältst ~ garantiert
garantiert ~ bekommen|erhalten|funktionieren|klappen|ankommen|geliefert
ehrenwort
auf jeden fall ~ bekommen|erhalten|klappen|funktionieren|geliefert|ersetzt|erstattet|repariert
ganz|absolut|hundertprozentig|100 sicher ~ bekommen|erhalten|klappen|funktionieren|geliefert
unter allen umständen
`,
  nl: `
& op ons|mij reken|rekenen|vertrouwen
& aan ervan op kunt|kun|kan
& vertrouwen erop kunt|kun|kan|mag
& woord mijn|ons geef|geven|hebt|heb
staan|sta ~ garant|ervoor
ik|wij|we garandeer|garanderen|beloof|beloven|verzeker|verzekeren
garandeer|garanderen|beloof|beloven ~ je|u|jullie|dat
gegarandeerd
komt zeker|gegarandeerd goed
in elk|ieder geval ~ ontvangen|krijgen|vergoed|terugbetaald|geleverd
honderd|100 procent zeker
erewoord
`,
  en: `
count on us|me
will|ll ~ for sure
100 certain|sure|guaranteed|safe
i|we ~ guarantee|promise
assure you ~ will|ll|won't|be
i|we ~ give you ~ word
guarantee|promise you
guaranteed
you have my|our word
definitely|certainly|absolutely will
will definitely|certainly|absolutely ~ be|get|receive|arrive|work
without fail
no matter what
`,
}

/** That something will not be: here a "never" does not take the promise back, it is the promise. */
export const NEVER_AGAIN: Wordings = {
  de: `
passiert|passieren ~ nie|niemals|nicht ~ wieder|mehr
garantiert nie|niemals|nicht|kein|keine
kommt ~ nie|niemals|nicht ~ wieder|mehr vor
wird|kann nie|niemals|nicht ~ wieder|mehr passieren|vorkommen|geschehen
`,
  nl: `
zal|gaat ~ nooit|niet meer|weer gebeuren|voorkomen
gebeurt ~ nooit|niet meer|weer
`,
  en: `
will|ll ~ never|not happen|occur again
won't|wont happen|occur again
`,
}

/** A day, an hour or a span by which we say that something will be done. */
export const DEADLINES: Wordings = {
  de: `
& in|nach werktagen|tagen|stunden|wochen erhalten|bekommen|erhältst|bekommst|geliefert|zugestellt|melden|gutgeschrieben
noch heute ~ bekommen|erhalten|bekommst|erhältst
& innerhalb|binnen|spätestens stunden|stunde|tagen|tage|minuten|wochen|woche|werktagen behoben|fertig|erledigt|geld|bescheid|antwort|rückmeldung|meldet|konto|geliefert|repariert
& in stunde|stunden|minuten|tagen|wochen|woche behoben|fertig|erledigt|repariert|gelöst
spätestens heute|morgen|übermorgen|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag
& heute|morgen|übermorgen|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag fertig|erledigt|behoben|repariert|bescheid|meldet|rückmeldung
& paket|lieferung|sendung|bestellung|ware|techniker|technikerin|ersatz|antwort heute|morgen|übermorgen|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag kommt|kommen|erfolgt|zugestellt|geliefert|an|eintrifft|haben|erhalten|da|bekommen
& wir|ich rufen|rufe|melden|melde|antworten|antworte|schicken|schicke|senden|sende|liefern|kümmern heute|morgen|übermorgen|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag
& bis uhr repariert|erledigt|behoben|fertig|geliefert|gelöst
bis ende der|des ~ woche|monats|tages
innerhalb|binnen|in spätestens|maximal|längstens|höchstens _ stunden|stunde|tagen|tage|werktagen|wochen|minuten
innerhalb|binnen _ stunden|stunde|tagen|tage|werktagen|wochen|woche|minuten
innerhalb|binnen von _ stunden|stunde|tagen|werktagen|wochen|minuten
innerhalb|binnen der|des|einer|eines ~ stunden|stunde|tages|tage|woche|wochen
bis morgen|übermorgen|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|mittag|abend|wochenende
bis heute|morgen ~ abend|mittag|früh|uhr
bis spätestens|zum|ende ~ montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|morgen|woche|monats|januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember
spätestens am|bis|in|zum
noch heute ~ erledigt|bearbeitet|gelöst|melden|geliefert|verschickt|versendet|zurückrufen|behoben
wird|werden|kommt|erhalten|bekommen ~ morgen|übermorgen geliefert|zugestellt|verschickt|versendet|behoben|erledigt|an
`,
  nl: `
& hoor|hoort ons vandaag|morgen|overmorgen|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag
& monteur langs vandaag|morgen|overmorgen|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag
& we|wij|ik regelen|regel|lossen|los vandaag|morgen|overmorgen|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag
& pakket|bestelling|levering|monteur|antwoord|zending vandaag|morgen|overmorgen|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag komt|aan|bezorgd|geleverd|heb|hebt|krijg|krijgt|binnen
& we|wij|ik bellen|bel|mailen|mail|reageren|reageer|antwoorden|sturen|stuur|leveren vandaag|morgen|overmorgen|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag
& eind|einde week|dag|maand opgelost|klaar|geregeld|binnen|antwoord|gerepareerd
binnen _ uur|uren|dagen|dag|werkdagen|weken|week|minuten
binnen een|enkele|twee|drie|vijf ~ uur|dagen|werkdagen|weken
uiterlijk|voor|vóór morgen|overmorgen|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag
uiterlijk|voor|vóór het|eind|einde ~ weekend|week|maand
uiterlijk op|binnen|om
vandaag nog ~ opgelost|verstuurd|verzonden|geleverd|geregeld|teruggebeld
morgen ~ geleverd|bezorgd|verzonden|verstuurd|opgelost
`,
  en: `
& in|within hour|hours|minutes fixed|resolved|ready|done|sorted|restored
& parcel|package|order|delivery|item|engineer|technician|reply|answer today|tomorrow|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday arrive|arrives|be|delivered|there|come|coming|have
& we|i|ll call|email|contact|reply|respond|ship|send|dispatch|deliver|update today|tomorrow|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday
fixed|resolved|ready|done|sorted|restored by _
& expect reply|answer|response|call|update hour|hours|day|days|today|tomorrow|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday
will|we'll|you'll|ll ~ within _ hour|hours|day|days|week|weeks|minutes|business
will|we'll|you'll|ll ~ in the next _ hour|hours|day|days|week|weeks|minutes
will|we'll|you'll|ll ~ _ ~ within|by _ hour|hours|day|days|week|weeks|minutes
within the next _ hour|hours|day|days|week|weeks|minutes|business
within _ hours|days|weeks|minutes
within _ business|working days
within _ to _ hours|days|weeks|business|working
within|in the next few|couple ~ hours|days|weeks
hear back ~ today|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday
will|we'll|you'll|ll ~ _ ~ by|before tomorrow|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday|noon|midnight
by|before tomorrow|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday ~ latest
by|before the end of the|this|next day|week|month|today
will|we'll|you'll|ll ~ be ~ tomorrow|tonight
no later than
by close of business
`,
}

/** Money back, or something instead. */
export const REFUNDS: Wordings = {
  de: `
& betrag|geld|guthaben|kaufpreis konto gutgeschrieben|überwiesen|zurückgebucht|zurückgezahlt
& porto|versand|versandkosten|rücksendung|rückversand zahlen|zahle|bezahlen|tragen wir|ich
& schaden|schäden ersetzen|ersetze|ersetzt|übernehmen|erstatten wir|ihnen|dir
& gutschein legen|lege|beigelegt bei|ihnen|dir
& neues|neuen gerät|exemplar|akku schicken|schicke|senden|bekommen|erhalten|geht ihnen|dir|sie|du
& geld|betrag|kaufpreis|kosten|versandkosten|portokosten|preis|gebühr|gebühren zurück|erstatten|erstattet|ersetzen|ersetzt|gutgeschrieben|übernehmen|überwiesen|erlassen ihnen|dir|euch|sie|du|wir|ich
& gutschein|gutscheine|ersatzgerät|ersatzlieferung|gutschrift|entschädigung|erstattung|rückerstattung erhalten|erhältst|bekommen|bekommst|gibt|schicken|schicke|senden|veranlasst|angewiesen|schenken|gewähren
& kostenlos|gratis|kostenfrei wir|ich austauschen|tauschen|tausche|umtauschen|ersetzen|ersetze|reparieren|aus|ersatz|neu
erstatten|ersetzen|vergüten|überweisen wir ~ ihnen|dir|euch|den|die|das|alles
wir|ich erstatte|erstatten|ersetze|ersetzen|entschädigen|vergüten|überweisen
wir|ich ~ werde|werden ~ erstatten|ersetzen|entschädigen|gutschreiben|zurückzahlen
wird|werden|wurde|haben ihnen|dir|euch|der|die|das ~ erstattet|gutgeschrieben|zurücküberwiesen|ersetzt
sie|du erhalten|bekommen|erhältst|bekommst ~ gutschrift|gutschein|erstattung|entschädigung|rückerstattung|ersatz|geld
schreiben|schreibe wir|ich|ihnen|dir ~ gut
geld zurück
kostenlos|gratis ~ austauschen|umtauschen|ersetzen|zuschicken
auf kulanz
`,
  nl: `
& kosteloos|gratis vervangend|vervangende|nieuw|nieuwe sturen|stuur|krijgt|krijg|ontvangt
& geld|bedrag|aankoopbedrag|kosten|verzendkosten|schade terug|teruggestort|terugbetaald|terugbetalen|vergoed|vergoeden|terugstorten
& kosten|verzendkosten onze rekening
& tegoedbon|cadeaubon|vergoeding|compensatie|terugbetaling|vervanging krijg|krijgt|ontvang|ontvangt|sturen|stuur|geven|bieden
wij|we|ik vergoeden|vergoed|betalen|betaal|storten|stort ~ je|u|jou|het|terug|bedrag
je|u|jullie krijgt|krijg|ontvangt|ontvang ~ geld|bedrag|vergoeding|terugbetaling|compensatie|tegoedbon|cadeaubon|korting
wordt|worden ~ terugbetaald|teruggestort|vergoed|gecompenseerd|gecrediteerd
zullen|zal ~ terugbetalen|vergoeden|compenseren|crediteren|terugstorten
geld terug
gratis ~ vervangen|omruilen|opsturen
`,
  en: `
& money returned|back|sent card|account|you
& replacement|replace no cost|charge
send|sending|sent you ~ new|replacement|another one
& cover|waive|pay shipping|postage|cost|costs|fee|fees|charges we|i|ll
& credit account|bill added|applied|issued|posted|placed|add|apply
& replace|repair|exchange|fix free we|i|ll
i|we|i'll|we'll|ll will|'ll|can|have|are|ve|ll ~ refund|refunding|refunded|reimburse|reimbursed|compensate|compensated|credit|credited you|your|the|it
you will|ll|should|can ~ get|receive|be|have ~ refund|refunded|reimbursed|credited|compensation|compensated|replacement|voucher
refund ~ will|has be|been ~ issued|processed|sent|made|credited
i've|we've|ve refunded|credited|reimbursed|issued|processed ~ refund|you|your|account|credit
refund|credit|reimburse|compensate you
full|partial refund
your|the money back
we|i ~ send you ~ replacement|voucher|gift|coupon
we|i|they|ll|can|will|like|to give|issue|send|offer|provide|process|arrange|add|pop ~ refund|credit|voucher|replacement|coupon|compensation|reimbursement
glad|happy to credit|refund|compensate|reimburse|replace
offer|provide|give ~ refund|credit|voucher|replacement|coupon
free of charge
on us|me
`,
}

/** Words by the language in which they mean what they are listed for: Dutch "of" is if. */
export type WordsByLanguage = Readonly<Record<Language, string>>

/** Somebody is to do something, or something is to happen: without it, "until Friday" is how long it lasts. */
export const COMMITMENTS: WordsByLanguage = {
  de: `wir ich uns mich erhalten bekommen erhältst bekommst geliefert zugestellt verschickt versendet behoben erledigt gelöst repariert erstattet
    ersetzt überwiesen melden meldet bearbeitet antwort paket lieferung fertig bescheid meldet geld kommt kommen erfolgt gutgeschrieben`,
  nl: `wij we ik ons ontvangt ontvang krijgt krijg geleverd bezorgd verzonden verstuurd opgelost gerepareerd terugbetaald antwoord pakket klaar`,
  en: `i will ll receive get resolved delivered fixed shipped refunded confirmed back hear our expect`,
}

/** Anywhere in the sentence these make it a condition, or a task of the customer. */
export const CONDITIONS: WordsByLanguage = {
  de: 'falls wenn sofern sollten müssen musst müssten geöffnet gesperrt geschlossen',
  nl: 'als indien mits tenzij moet moeten open geopend gesloten',
  en: 'if unless must need needs open closed',
}

/** These take a promise back, or make it one under a condition. */
export const NEGATIONS: WordsByLanguage = {
  de: 'nicht kein keine keinen keiner keines nie leider weder falls wenn sofern ob',
  nl: 'niet geen nooit helaas indien als mits tenzij of',
  en: `qualify eligible estimated request requested not no never haven't hasn't hadn't wasn't weren't can't cannot cant couldn't don't dont doesn't didn't won't wouldn't isn't aren't
    unable unfortunately if unless whether neither hardly until`,
}
