/**
 * Words that persons are made of in the generated sets: common given names, surnames and towns as everybody knows them, in an
 * order that comes near how frequent they are, and parts that rare surnames, streets, nicknames and companies are put together
 * from. Written for this bench; copied from no list and describing nobody.
 */
export const LANGUAGES = ['de', 'nl', 'en', 'fr', 'es', 'tr', 'pl'] as const
export type Language = (typeof LANGUAGES)[number]

export interface LanguageWords {
  female: string[]
  male: string[]
  surnames: string[]
  /** Rare surnames: a stem and an ending. */
  stems: string[]
  endings: string[]
  cities: string[]
  streets: string[]
  professions: string[]
  interests: string[]
  country: string
  /** E.164 beginnings of mobile and of fixed lines, each with the number of digits that follow. */
  mobile: string
  fixed: string
}

const words = (text: string): string[] => text.trim().split(/\s+/)
const lines = (text: string): string[] => text.split(',').map((part) => part.trim())

export const WORDS: Record<Language, LanguageWords> = {
  de: {
    female:
      words(`Maria Anna Ursula Monika Petra Sabine Renate Andrea Claudia Susanne Julia Sandra Stefanie Nicole Katharina
      Christine Laura Lena Sarah Lisa Birgit Martina Heike Karin Gabriele Anja Melanie Nadine Christina Barbara Tanja Franziska
      Johanna Kathrin Silke Jana Daniela Marie Sophie Hannah Emma Mia Lea Leonie Angelika Brigitte Ingrid Helga Silvia Simone
      Vanessa Jessica Annika Miriam Carolin Theresa Antonia Clara Paula Greta Frieda Wiebke Meike Swantje Elke Antje Ulrike Kerstin
      Anne-Kathrin Eva-Maria Anna-Lena Ann-Christin`),
    male: words(`Peter Michael Thomas Andreas Wolfgang Klaus Stefan Christian Jürgen Markus Hans Frank Matthias Alexander Daniel
      Martin Sebastian Jan Uwe Bernd Tobias Florian Dirk Ralf Jörg Oliver Sven Marco Torsten Philipp Patrick Felix Maximilian Jonas
      Lukas Tim Paul Leon Finn Ben Simon David Fabian Dennis Benjamin Johannes Manfred Helmut Werner Günter Heinz Dieter Rainer
      Holger Carsten Björn Kai Lars Niklas Moritz Julian Kevin Marcel Georg Karl Friedrich Heiko Volker Detlef Malte Henning
      Karl-Heinz Hans-Peter Jan-Philipp`),
    surnames:
      words(`Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf
      Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Krause Lehmann Köhler Maier Herrmann
      König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Schubert Vogel Friedrich Keller Günther Frank
      Berger Winkler Roth Beck Lorenz Baumann Franke Albrecht Schuster Simon Ludwig Böhm Winter Kraus Martin Schumacher Krämer Vogt
      Stein Jäger Otto Sommer Groß Seidel Heinrich Brandt Haas Schreiber Graf Dietrich Ziegler Kuhn Kühn Pohl Engel Horn Busch
      Bergmann Thomas Voigt Sauer Arnold Wolff Pfeiffer Meier Petersen Jansen`),
    stems:
      words(`Achter Ahren Bach Birken Blanken Brach Brink Buch Dorn Dreß Eichen Elster Erlen Fels Finken Fohr Gersten Glas
      Grün Hafer Hage Harz Hasel Heid Hirsch Holl Hopf Ilmen Kalten Kamp Kester Kienz Kirsch Klaffen Kolb Kranich Kreuz Lachen
      Linden Lohr Mühl Nessel Nieder Ober Oster Pfaff Quitt Rabe Reh Rohr Rosen Rüster Salz Sand Schell Schlehen Seiffer Sonnen
      Stachel Stein Tannen Teich Ulmen Vehl Wacholder Wald Wester Wiesen Wind Zell`),
    endings:
      words(`mann bach berg hoff horst thal feld wald stein kamp dorf haus heim müller meyer huber er auer hagen brink rath
      born bauer busch lage`),
    cities:
      lines(`Berlin, Hamburg, München, Köln, Frankfurt am Main, Stuttgart, Düsseldorf, Leipzig, Dortmund, Essen, Bremen, Dresden,
      Hannover, Nürnberg, Duisburg, Bochum, Wuppertal, Bielefeld, Bonn, Münster, Mannheim, Karlsruhe, Augsburg, Wiesbaden, Kiel,
      Aachen, Freiburg, Lübeck, Erfurt, Rostock, Mainz, Kassel, Saarbrücken, Oldenburg, Potsdam, Osnabrück, Heidelberg, Regensburg,
      Ulm, Göttingen, Koblenz, Jena, Trier, Cottbus, Flensburg, Passau, Emden, Husum, Bad Tölz, Wien, Graz, Zürich, Bern`),
    streets:
      lines(`Hauptstraße, Bahnhofstraße, Dorfstraße, Gartenstraße, Schulstraße, Bergstraße, Lindenweg, Am Markt, Kirchgasse,
      Ringstraße, Mühlenweg, Waldstraße, Feldweg, Goethestraße, Schillerstraße, Rosenweg, Birkenallee, Uferstraße, Lange Reihe`),
    professions:
      lines(`Lehrerin, Ingenieur, Grafikerin, Krankenpfleger, Journalistin, Entwickler, Studentin, Fotograf, Bäcker, Juristin,
      Ärztin, Rentner, Musiker, Gärtnerin, Beraterin, Handwerker, Übersetzerin, Koch`),
    interests:
      lines(`Radfahren, Garten, Fußball, Bücher, Katzen, Hunde, Bahn, Politik, Kaffee, Wandern, Musik, Fotografie, Kochen, Laufen,
      Brettspiele, Chor, Segeln, Stricken, Retro-Computer, Science-Fiction, Klettern, Theater, Vögel`),
    country: 'DE',
    mobile: '+49151:8 +49160:7 +49171:7 +49176:8',
    fixed: '+4930:8 +4940:8 +4989:8 +49221:7',
  },
  nl: {
    female:
      words(`Maria Anna Johanna Elisabeth Wilhelmina Monique Sandra Linda Esther Saskia Marloes Ingrid Karin Marieke Anouk
      Sanne Lotte Femke Fleur Iris Eva Emma Julia Tess Sophie Lieke Roos Marjolein Annemieke Petra Yvonne Jolanda Bianca Wendy Kim
      Lisa Naomi Maaike Hanneke Els Truus Ria Trees Jantine Liesbeth Carolien Mirjam Inge Nienke Evelien Anne-Marie`),
    male: words(`Jan Johannes Peter Kees Willem Hendrik Pieter Gerrit Henk Piet Hans Rob Marco Erik Martijn Jeroen Dennis Mark Bas
      Sander Tim Thijs Daan Bram Lars Sem Jesse Ruben Luuk Niels Joost Maarten Wouter Koen Stefan Michiel Bart Frank Richard Ronald
      Robert Arjan Edwin Cor Wim Ton Jaap Dirk Klaas Sjoerd Rik Tom Floris Jan-Willem`),
    surnames:
      lines(`de Jong, Jansen, de Vries, van den Berg, van Dijk, Bakker, Janssen, Visser, Smit, Meijer, de Boer, Mulder, de Groot,
      Bos, Vos, Peters, Hendriks, van Leeuwen, Dekker, Brouwer, de Wit, Dijkstra, Smits, de Graaf, van der Meer, van der Linden, Kok,
      Jacobs, de Haan, Vermeulen, van den Heuvel, van der Veen, van den Broek, de Bruijn, van der Heijden, Schouten, van Beek, Willems,
      van Vliet, Hoekstra, Maas, Verhoeven, Koster, van Dam, Prins, Blom, Huisman, Peeters, de Jonge, Kuipers, van Veen, Post, Kuiper,
      Veenstra, Kramer, van den Brink, Scholten, van Wijk, Postma, Martens, Koning, van der Wal, Timmermans`),
    stems:
      words(`Achter Berken Bloem Boog Broek Dijk Doorn Duin Eiken Gras Haver Heide Hoge Hout Kers Klaver Kool Kraan Kuip Laan Leeuw
      Linde Lucht Meer Molen Noor Oever Olde Ooster Polder Riet Roos Ruiter Schaap Slag Sloot Steen Tol Veld Vlas Water Wester Weide
      Wilgen Winter Zand Zee Zilver`),
    endings: words('stra huis man horst kamp berg veld mans broek beek dijk hof ink sma meijer bos laar mond wijk'),
    cities:
      lines(`Amsterdam, Rotterdam, Den Haag, Utrecht, Eindhoven, Groningen, Tilburg, Almere, Breda, Nijmegen, Apeldoorn, Haarlem,
      Arnhem, Enschede, Amersfoort, Zaandam, Den Bosch, Zwolle, Leiden, Leeuwarden, Maastricht, Dordrecht, Zoetermeer, Deventer, Delft,
      Alkmaar, Venlo, Hilversum, Assen, Middelburg, Antwerpen, Gent, Brugge, Leuven`),
    streets:
      lines(`Dorpsstraat, Kerkstraat, Schoolstraat, Molenweg, Stationsweg, Hoofdstraat, Julianalaan, Wilhelminastraat, Beatrixlaan,
      Nieuwstraat, Oosterkade, Prinsengracht, Lindelaan, Parkweg, Burgemeesterlaan`),
    professions:
      lines(`docent, verpleegkundige, ontwerper, ondernemer, journalist, programmeur, student, fotograaf, bakker, jurist, huisarts,
      boer, muzikant, vertaler, timmerman`),
    interests:
      lines(`fietsen, schaatsen, voetbal, boeken, katten, honden, treinen, politiek, koffie, wandelen, muziek, koken, hardlopen,
      zeilen, tuin, theater, vogels, bordspellen`),
    country: 'NL',
    mobile: '+316:8',
    fixed: '+3120:7 +3110:7 +3130:7 +3150:7',
  },
  en: {
    female:
      words(`Mary Jennifer Elizabeth Sarah Jessica Emily Emma Olivia Susan Karen Lisa Margaret Laura Rebecca Amy Rachel Hannah
      Katherine Victoria Charlotte Sophie Chloe Lucy Grace Helen Patricia Linda Barbara Nancy Michelle Kimberly Amanda Melissa Stephanie
      Heather Nicole Megan Samantha Claire Alice Jane Julie Tracy Christine Samira Aisha Priya Zoe Abigail Natalie Fiona Catherine Ruth
      Gemma Kerry Bethany Molly`),
    male: words(`James John David Michael Robert William Thomas Daniel Matthew Andrew Christopher Joseph Richard Paul Mark Steven Peter
      Stephen Anthony Ian Simon Jonathan Benjamin Samuel Alexander Oliver Jack Harry George Charlie Jacob Ryan Kevin Brian Jason Adam
      Nicholas Edward Timothy Gary Sean Patrick Luke Callum Kyle Nathan Aaron Mohammed Imran Raj Henry Arthur Max Gareth Craig Neil
      Stuart Graham`),
    surnames:
      words(`Smith Jones Williams Taylor Brown Davies Johnson Evans Wilson Thomas Roberts Walker White Robinson Thompson Wright
      Hall Green Hughes Edwards Clark Jackson Wood Harris Lewis Martin Cooper King Clarke Turner Hill Ward Baker Moore Morris Allen
      Morgan Lee Harrison Parker Cook Bennett Young Scott Watson Mitchell James Miller Davis Anderson Garcia Murphy Kelly Collins Bell
      Richardson Cox Howard Price Shaw Ali Khan Patel Singh Gray Mason Hunt Palmer Mills Stone Webb Rogers Foster Russell Graham Stevens
      Chapman Reid Ross Fraser O'Brien O'Connor McDonald Campbell Stewart`),
    stems:
      words(`Ash Ather Barn Birk Black Brack Brad Brom Burn Cald Cart Chest Copper Cran Dag Elms Farn Fen Gar Green Haver Hawks Hazel
      Holm Kel Kirk Lang Lin Lock Mar Mel Nether Oak Pem Pick Quar Rad Raven Row Sedge Shel Stan Tan Thorn Under Wake Wather Wick Winter
      Wood Yard`),
    endings: words('ton ley ford worth field wood well by ham combe stead bury land more wick shaw gate croft man er'),
    cities:
      lines(`London, Birmingham, Manchester, Leeds, Glasgow, Liverpool, Bristol, Sheffield, Edinburgh, Leicester, Cardiff, Belfast,
      Nottingham, Newcastle, Brighton, Plymouth, Southampton, Oxford, Cambridge, York, Bath, Exeter, Norwich, Dublin, Cork, Galway, Reading,
      Derby, Aberdeen, Dundee, Swansea, New York, Chicago, Boston, Seattle, Austin, Toronto, Sydney, Melbourne`),
    streets:
      lines(`High Street, Station Road, Church Lane, Victoria Road, Green Lane, Manor Road, Park Avenue, Queens Road, Mill Lane, The
      Crescent, Kings Road, Grange Road, Springfield Road, School Lane, Albert Street`),
    professions:
      lines(`teacher, nurse, designer, software engineer, writer, journalist, student, photographer, baker, lawyer, doctor,
      carpenter, musician, translator, product manager, data analyst, gardener, retired`),
    interests:
      lines(`cycling, gardening, football, books, cats, dogs, trains, politics, coffee, hiking, music, cooking, running, chess, sailing,
      knitting, theatre, birds, cricket, board games, sci-fi, climbing, vinyl`),
    country: 'GB',
    mobile: '+447:9',
    fixed: '+4420:8 +44161:7 +44131:7',
  },
  fr: {
    female:
      words(`Marie Nathalie Isabelle Sylvie Catherine Françoise Camille Léa Manon Chloé Émilie Julie Sophie Céline Aurélie Laure Hélène
      Margaux Inès Anaïs Chantal Véronique Élodie Anne-Sophie`),
    male: words(`Jean Pierre Michel Philippe Nicolas Julien Thomas Antoine Alexandre Mathieu Hugo Lucas Louis Jérôme François Stéphane Éric
      Laurent Olivier Rémi Benoît Guillaume Jean-Luc Jean-Pierre`),
    surnames:
      lines(`Martin, Bernard, Dubois, Thomas, Robert, Richard, Petit, Durand, Leroy, Moreau, Simon, Laurent, Lefebvre, Michel, Garcia,
      David, Bertrand, Roux, Vincent, Fournier, Morel, Girard, André, Mercier, Dupont, Lambert, Bonnet, Legrand, Garnier, Faure`),
    stems: words(
      'Beau Bel Bois Bran Champ Cler Cour Dor Fleur Font Grand Guer Lar Mar Mont Per Pom Ron Sau Val Ver Vill',
    ),
    endings: words('ier ard eau ot in el et on illon court mont ville erie ac'),
    cities: lines(
      'Paris, Lyon, Marseille, Toulouse, Lille, Nantes, Bordeaux, Strasbourg, Rennes, Nice, Dijon, Metz, Brest',
    ),
    streets: lines(
      'rue de la République, rue Victor Hugo, avenue de la Gare, place du Marché, rue des Lilas, chemin du Moulin',
    ),
    professions: lines('professeure, graphiste, infirmier, journaliste, étudiant, photographe, ingénieure'),
    interests: lines('vélo, cuisine, randonnée, livres, chats, musique, cinéma, rugby'),
    country: 'FR',
    mobile: '+336:8',
    fixed: '+331:8',
  },
  es: {
    female: words(
      'María Carmen Ana Isabel Laura Cristina Marta Lucía Elena Paula Sara Raquel Pilar Rosa Silvia Beatriz Nuria Irene Alba',
    ),
    male: words(
      'Antonio José Manuel Francisco David Juan Javier Carlos Daniel Miguel Alejandro Pablo Sergio Jorge Álvaro Rubén Iván Andrés',
    ),
    surnames:
      lines(`García, López, Rodríguez, González, Fernández, Martínez, Ruiz, Sánchez, Pérez, Gómez, Martín, Jiménez, Hernández, Díaz,
      Moreno, Muñoz, Álvarez, Romero, Alonso, Gutiérrez, Navarro, Torres, Domínguez, Gil, Vázquez, Serrano, Ramos, Blanco, Molina`),
    stems: words(
      'Alba Arbo Bel Cala Car Casti Cor Duran Esca Fuen Gar Lar Mon Nava Oli Pala Que Riba Sala Torre Val Vila Zar',
    ),
    endings: words('ledo nes dero do ra les villa teja rez iz ano era ales'),
    cities: lines('Madrid, Barcelona, Valencia, Sevilla, Zaragoza, Málaga, Bilbao, Granada, Vigo, Gijón'),
    streets: lines('calle Mayor, calle Real, avenida de la Constitución, plaza de España, calle del Sol'),
    professions: lines('profesora, diseñador, enfermera, periodista, ingeniero, estudiante'),
    interests: lines('fútbol, música, libros, viajes, cocina, gatos, montaña'),
    country: 'ES',
    mobile: '+346:8',
    fixed: '+3491:7',
  },
  tr: {
    female: words('Fatma Ayşe Emine Zeynep Elif Merve Büşra Esra Hülya Sevgi Özlem Gül Selin Ebru Derya Nur Ece'),
    male: words('Mehmet Mustafa Ahmet Ali Hüseyin Hasan Murat Emre İbrahim Ömer Yusuf Burak Can Serkan Onur Kemal Cem'),
    surnames: words(
      'Yılmaz Kaya Demir Çelik Şahin Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Kara Koç Kurt Özkan Şimşek',
    ),
    stems: words('Ak Altın Bal Boz Çay Dağ Deniz Er Gök Gün Kara Kırmızı Öz Taş Tek Uz Ya'),
    endings: words('oğlu taş soy er can demir türk kan bay lı maz'),
    cities: lines(
      'Berlin, Köln, Duisburg, Rotterdam, Hamburg, Stuttgart, İstanbul, Ankara, İzmir, Frankfurt am Main, Wien',
    ),
    streets: lines('Hauptstraße, Bahnhofstraße, Kölner Straße, Ringstraße, Gartenweg'),
    professions: lines('mühendis, öğretmen, öğrenci, avukat, Friseur, Taxifahrer, Ärztin'),
    interests: lines('futbol, müzik, yemek, kitap, kahve, Reisen, Basketball'),
    country: 'DE',
    mobile: '+49157:8 +49163:7',
    fixed: '+4930:8 +49203:7',
  },
  pl: {
    female: words(
      'Anna Maria Katarzyna Małgorzata Agnieszka Barbara Ewa Magdalena Joanna Aleksandra Zofia Kinga Paulina Natalia Łucja',
    ),
    male: words(
      'Piotr Krzysztof Andrzej Tomasz Paweł Jan Michał Marcin Jakub Łukasz Grzegorz Adam Wojciech Mateusz Kamil Rafał',
    ),
    surnames: words(
      'Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski Mazur Krawczyk Zając Król Wróbel',
    ),
    stems: words('Bab Bor Brzoz Cich Dęb Gór Grab Jab Jas Kal Lip Mal Ost Pol Rud Sad Sos Top Wil Wod Zab'),
    endings: words('owski iński czyk ak ek ewicz icki arz uch'),
    cities: lines(
      'Warszawa, Kraków, Łódź, Wrocław, Poznań, Gdańsk, Szczecin, Lublin, Katowice, Den Haag, London, Hamburg',
    ),
    streets: lines('ulica Polna, ulica Leśna, ulica Ogrodowa, aleja Pokoju, ulica Szkolna'),
    professions: lines('nauczycielka, programista, student, kierowca, pielęgniarka'),
    interests: lines('muzyka, książki, góry, rower, gotowanie, koty'),
    country: 'PL',
    mobile: '+4860:7 +4850:7',
    fixed: '+4822:7',
  },
}

/** What people are called, by those who know them and by themselves. */
export const SHORT_FORMS: Record<string, string[]> = Object.fromEntries(
  lines(`Alexander Alex Sascha Xander, Alexandre Alex, Aleksandra Ola, Andreas Andi Andy, Andrew Andy Drew, Angelika Geli, Anna
  Anni Annie Ania, Anthony Tony, Antonia Toni, Antonio Toni, Barbara Babs Basia, Beatriz Bea, Benjamin Ben Benni,
  Brigitte Gitti, Carolin Caro, Catherine Cathy Kate, Charlotte Lotte Charlie, Christian Chris, Christina Tina Chrissi,
  Christine Chris Tina, Christopher Chris Kit, Claudia Claudi, Cristina Cris, Daniel Dan Danny, Daniela Dani, David
  Dave, Edward Ed Eddie, Elisabeth Lies Els Betty, Elizabeth Liz Beth Lizzie, Esther Es, Florian Flo, Francisco Paco
  Fran, Franziska Franzi, Friedrich Fritz, Gabriele Gabi, Gerrit Ger, Gregory Greg, Grzegorz Grzesiek, Hannah Hanni,
  Hendrik Henk Rik, Jacob Jake, Jakub Kuba, James Jim Jamie, Jennifer Jen Jenny, Jessica Jess Jessi, Joanna Asia,
  Johanna Jo Hanna, Johannes Hannes Jo Hans, John Jack Johnny, Jonathan Jon Jonny, Joseph Joe, José Pepe, Julia Jule
  Juli, Jürgen Jogi, Katarzyna Kasia, Katharina Kathi Kati Kate, Katherine Kate Kathy, Kimberly Kim, Klaus Klausi,
  Krzysztof Krzysiek, Laura Lauri, Magdalena Magda, Małgorzata Gosia, Manfred Manni, Manuel Manolo, Margaret Maggie
  Peggy, Maria Mia Ria Mieke, Marjolein Jolein, Markus Maggus Mark, Matthew Matt, Matthias Matze Matti, Maximilian Max,
  Melanie Mel Melli, Melissa Mel, Michael Michi Mike Micha, Michał Misiek, Monika Moni, Nicholas Nick, Nicole Nic Nici,
  Niklas Nik, Oliver Olli Ollie, Patricia Pat Trish, Patrick Pat Paddy, Peter Pete Piet, Petra Peti, Philipp Phil,
  Pieter Piet, Rebecca Becky Bex, Richard Rich Dick Rick, Robert Rob Bob Bobby, Samantha Sam, Samuel Sam, Sandra Sandy,
  Sebastian Basti Seb, Simon Si, Stefan Steff, Stefanie Steffi, Stephanie Steph, Stephen Steve, Steven Steve, Susan Sue
  Suzie, Susanne Susi Sanne, Theresa Resi Tess, Thomas Tom Tommy, Timothy Tim, Tobias Tobi, Tomasz Tomek, Torsten Tosse,
  Ulrike Uli Ulli, Ursula Uschi Ulla, Vanessa Nessa, Victoria Vicky Tori, Wilhelmina Willy Mina, Willem Wim Pim, William
  Will Bill Billy, Wolfgang Wolfi Wolle, Zofia Zosia`).map((line) => {
    const [name = '', ...shorts] = words(line)
    return [name, shorts]
  }),
)

/** Given names that are rare everywhere, beside those short forms that stand in passports as well. */
export const RARE_GIVEN = {
  female:
    words(`Adele Agathe Alina Amelie Amira Annabel Ariane Astrid Aurora Beata Bente Berenike Bettina Bianca Britta Carla Cecilia
    Celeste Cora Dagmar Delia Diana Dorothea Edith Elena Elise Elvira Erika Esmeralda Evelyn Fatima Fenja Fiona Flora Frauke Gesa Gesine
    Gloria Gudrun Hedwig Henrike Hilda Ida Imke Ines Insa Irma Isolde Iva Jasmin Jolanthe Judith Juno Karla Klara Kira Larissa Leila
    Leonora Lilian Linnea Lore Lucia Ludmila Luna Magda Malin Mareike Marlene Mathilda Mina Mira Nadja Nele Nina Nora Odette Olga Ophelia
    Pauline Philippa Ramona Regina Rike Rosa Ruth Salome Selma Sigrid Solveig Sonja Svenja Talea Tamara Thea Tilda Undine Valerie Vera
    Viola Wanda Wencke Xenia Yara Ylva Yuna Zelda Zoe`),
  male: words(`Achim Adrian Albert Alfons Amir Anton Armin Arne Arthur Axel Balthasar Bastian Bela Benno Boris Bruno Caspar Cedric Clemens
    Conrad Cornelius Damian Dario Darius Dominik Eberhard Eckhard Edgar Egon Elias Emil Enno Erwin Eugen Falk Ferdinand Fiete Frederik
    Fridolin Gerald Gilbert Gregor Gustav Hagen Hakan Hannes Harald Hasso Hauke Hinnerk Horst Hubert Hugo Ignaz Ingo Ivo Janosch Jasper Joel
    Jona Josef Joris Julius Justus Kaspar Keno Kilian Konstantin Lasse Lennart Leo Leopold Levi Linus Lorenz Ludwig Magnus Mario Mats Mika
    Milan Nico Nils Noah Odin Ole Olaf Oscar Otto Pascal Percy Quentin Quirin Ralph Raphael Rene Robin Roland Ruben Rufus Samir Severin Silas
    Sönke Steffen Sven Tarik Thilo Thore Till Timo Titus Tjark Ulf Urs Valentin Veit Victor Vincent Wendelin Wilko Wolfram Xaver Yannick`),
}

/** Nicknames are an adjective or thing and a thing. */
export const NICK_FIRST =
  words(`silent happy crazy dark little big old lazy sunny blue red green golden lost night moon star storm ice fire
  iron wild tiny super mega ultra turbo cyber pixel retro cosmic electric magic grumpy sleepy salty spicy funky rusty dusty foxy der die
  das el la mister miss lady captain doctor real just ask not only feld wald nord ost süd west kleine grosse wilde stille frosty amber
  velvet copper silver jade coral ivory maple cedar willow clover honey sugar cherry lemon mango peppermint cinnamon vanilla cocoa ginger
  paper glass stone river ocean desert mountain valley harbour city street garden winter summer autumn april june sunday monday midnight
  sunrise analog digital binary quantum atomic plastic wooden paint rhythm jazz disco punk vinyl tape radio video comic novel poetic gentle
  brave clever curious patient noisy hungry thirsty dizzy jolly merry proud humble lucky unlucky weird odd random almost never always
  sometimes maybe hidden secret second third double triple half zero prima alte junge bunte krumme schräge müde wache lustige freche`)
export const NICK_SECOND =
  words(`fox wolf bear cat dog owl raven tiger panda dragon unicorn potato pickle noodle waffle banana muffin cookie
  pirate ninja knight wizard ghost hunter rider walker gamer coder baker painter dreamer thinker reader biker runner sailor mond stern
  sturm fuchs hase igel dachs biene eule krabbe möwe brezel kaffee keks socke kater rabe otter vos uil beer haring kaas stroopwafel
  tulp fiets molen schaap lampje vlinder girl boy mum dad opa oma papa mama badger beaver heron magpie sparrow swallow robin finch crane
  stork swan goose duck toad frog newt lizard gecko turtle whale dolphin seal shark squid lobster shrimp clam snail slug beetle moth
  cricket spider ant wasp hornet cactus fern moss lichen thistle nettle poppy daisy orchid acorn chestnut walnut almond pancake crumpet
  bagel scone pretzel pudding custard marmalade chutney radish turnip parsnip leek spinach teapot kettle spoon ladle bucket lantern candle
  ladder hammer anvil compass anchor rudder paddle kite puzzle domino marble button zipper slipper jumper scarf mitten umbrella library
  museum station tram ferry wagon rocket satellite comet nebula eclipse pulsar lichtung pfütze gurke rübe zwiebel nudel knödel mütze
  laterne schraube dübel hummel libelle amsel drossel zaunkönig specht kiebitz pinguin walross lama alpaka`)

/** What companies are called: a name and a trade. */
export const COMPANY_FIRST =
  words(`Nordlicht Auental Kornblum Falkenried Brinkmann Silberbach Westerdeich Lindhorst Sonnhalde Marschtal Veenhof
  Duinzicht Zilvermeer Molenwijk Havenkade Kastanje Weidelicht Pinebrook Copperfield Ravenhill Brightwater Larkspur Oakhaven Stonebridge
  Thistledown Clearbrook Boisclair Monteverde Rivalta Altanova Karatepe Lipowa Aurora Quantis Velora Nexaro Solvion Tarvia Orbino Kelvora
  Mirantis Fluxor Avento Bravolo Cirrona Delphor`)
export const COMPANY_SECOND =
  lines(`Energie, Strom, Mobil, Bank, Versicherung, Reisen, Bahn, Möbel, Mode, Kaffee, Brauerei, Optik, Telekom,
  Energy, Mobile, Travel, Foods, Coffee, Logistics, Media, Insurance, Fashion, Bikes, Software, Games, Energie BV, Zorg, Bouw, Fietsen,
  Verzekeringen, Telecom, Studio, Labs, Verlag, Buchhandlung, Apotheke, Festival, Radio, Magazin, Stiftung`)

/** Hosts of mailboxes that everybody shares; invented. */
export const MAIL_HOSTS = words(
  'postfach.example webmail.example mailbox.example hallomail.example quickmail.example freemail.example',
)
export const FEDIVERSE_HOSTS =
  words(`social.example mastodon.example norden.social.example troet.example chaos.example todon.example
  toot.example wissen.example kunst.example mstdn.example`)
