import type { Wordings } from '../phrases.ts'

/** Written for Rapport; notation: ../phrases.ts. Words that ask for something to be told. */
export const ASKING: Wordings = {
  de: `
wie lautet|ist
nenn*|mitteil*|schick*|schreib*|teil*|send*|geb*|gib|verrat*|brauch*|benötig*
`,
  nl: `
wat is|zijn
stuur|sturen|geef|geven|deel|delen|noem|vermeld|doorgeven|laat
hebben we|wij ~ nodig
`,
  en: `
what's|whats
what is|are
reply|provide|share|send|give|confirm|tell|let|need|include
may|can|could i|we ~ have|get
`,
}

export const ASKED_DATA: Wordings = {
  de: `
ihre|ihren|deine|deinen|eure|die|den ~ bestellnummer|kundennummer|auftragsnummer|vertragsnummer|rechnungsnummer|buchungsnummer|buchungscode|sendungsnummer|telefonnummer|rufnummer|handynummer|mailadresse|emailadresse|adresse|anschrift|kontonummer|iban|geburtsdatum|postleitzahl|kontaktdaten
ihr|dein geburtsdatum|name|nachname|kennzeichen
ihre|deine e mail ~ adresse
`,
  nl: `
je|jouw|uw|het|de ~ bestelnummer|ordernummer|klantnummer|contractnummer|factuurnummer|boekingsnummer|telefoonnummer|mailadres|emailadres|adres|adresgegevens|postcode|geboortedatum|rekeningnummer|iban|kenteken|naam|gegevens
`,
  en: `
your|the ~ order|account|customer|booking|reservation|confirmation|tracking|phone|mobile|cell|membership|invoice|ticket|loyalty|contract number|no|reference|ref|code|id
your|the ~ email|mail address
us|me your email|phone|name|number
your name zip
your postcode|zip|address|dob|iban|pnr|surname
your full|last name
your date of birth
your home|postal|delivery|billing|street address
your contact details|information|info
`,
}

/** A way that others do not read. */
export const PRIVATE_WAY: Wordings = {
  de: `
pn|dm|dms|direktnachricht*|privatnachricht*|privat|private|privaten|nachricht|mail|email|formular|kontaktformular|telefonisch|chat|postfach|anrufen|hotline
`,
  nl: `
dm|dms|pb|privébericht*|privé|prive|bericht|mail|mailen|email|formulier|contactformulier|telefonisch|chat|bel|bellen
`,
  en: `
dm|dms|pm|private|privately|message|messages|chat|form|call|inbox|msg|offline|secure|secured
message us
`,
}
