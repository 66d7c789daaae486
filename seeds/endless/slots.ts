/** What the slots of the situations may hold. */
export const slots: Record<string, string[]> = {
  stadt: [
    'Hannover',
    'Bremen',
    'Oldenburg',
    'Celle',
    'Kiel',
    'Göttingen',
    'Leipzig',
    'Hildesheim',
    'Emden',
    'Cuxhaven',
    'Braunschweig',
    'Stade',
  ],
  zeit: ['abends', 'morgens um acht', 'mittags', 'nach Feierabend', 'am Wochenende', 'pünktlich zur Tagesschau'],
  tag: ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag'],
  dag: ['maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag', 'zaterdag'],
  zahl: ['31', '42', '57', '63', '74', '86', '90', '118', '140'],
  klein: ['3', '4', '5', '6', '7', '8', '9', '11'],
  gross: ['410', '486', '537', '640', '702', '880'],
  gross2: ['191', '194', '197', '199'],
  betrag: ['7,90', '12,40', '14,95', '39', '49,90', '59', '64,50'],
  preis: ['49', '59', '65', '79', '89'],
  verwandt: ['Vater', 'Onkel', 'Opa', 'Schwager', 'Bruder'],
  verwant: ['moeder', 'zus', 'schoonmoeder', 'oudste', 'buurvrouw'],
  land: ['Dänemark', 'Island', 'Portugal', 'Slowenien', 'Irland', 'Schottland'],
  strasse: ['Lindenstraße', 'Mühlengasse', 'Hafenstraße', 'Gartenstraße', 'Kirchweg'],
  name: ['Gisela', 'Herr Kobalt', 'Renate', 'Blinki', 'Frau Doktor'],
  plek: ['Terschelling', 'de Veluwe', 'Vlieland', 'de Posbank', 'Ameland', 'de Sallandse Heuvelrug', 'het Pieterpad'],
  berg: ['dem Brocken', 'dem Grünten', 'der Zugspitze', 'dem Hochgrat', 'dem Feldberg', 'dem Watzmann', 'dem Säntis'],
  geur: ['natte hond', 'kampvuur', 'kaasfondue', 'vis', 'oude sokken'],
  geruch: ['Lagerfeuer', 'Ziege', 'nassem Hund', 'Käse', 'Moor'],
  dier: ['vos', 'reiger', 'eekhoorn', 'das', 'uil', 'ree'],
  ding: ['phone', 'map', 'chocolate bar', 'passport', 'notebook'],
  ding2: ['Bratwürste', 'Grabkerzen', 'Fahrradschläuche', 'frische Eier', 'Marmelade'],
}

/** In sentences of other languages the German names of countries and days sound wrong. */
export const englishSlots: Record<string, string[]> = {
  land: ['Denmark', 'Iceland', 'Portugal', 'Slovenia', 'Ireland', 'Scotland'],
  tag: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'],
}
