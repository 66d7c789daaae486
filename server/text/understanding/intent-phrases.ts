/**
 * Phrases by which somebody says what they want, written for Rapport in English, German, Dutch, French, Italian, Spanish and
 * Portuguese (purchase interest in the first three alone); how they are read: phrases.ts. How often each is right: docs/scores.md.
 */
export const SPAM_PHRASES = `
follow|followback|followers _ followback
#teamfollowback
#followback
#follow4follow
#autofollow
#siguemeytesigo
gain|gained|get|buy ~ new|free|more|real|active followers
people followed|unfollowed me
nuevos seguidores
neue follower
nuovi followers
novos seguidores
unfollowers via
mutual|retweet|rt ~ follow everyone|all|back
liked|favorited a _ video
added a _ video to
ich mag ein|das _ video
habe ein|das _ video ~ positiv|zu|hinzugefügt|positive
mi è piaciuto un video
ho aggiunto un video
me gustó|ha un|gustado vídeo|un de|vídeo
he añadido un vídeo
j ai aimé une vidéo
j ai ajouté une vidéo
gostei de um vídeo
adicionei um vídeo
make|earn money online|fast|from
earn ~ per|a day|week|hour from|online
free iphone|ipad|viagra
win a free|new iphone|ipad|giftcard
retweet|rt to win
casino bonus
online casino
weight loss pills
lose weight fast
nackt vor der cam
geld verdienen im|mit|von
guadagna da casa
gana dinero desde|en|con
ganhe dinheiro em|com|na
geld verdienen vanuit|met|via
`

/** Only in posts with a link that speak to nobody: a customer whose coupon fails uses the same words. */
export const ADVERT_PHRASES = `
free shipping
promo|discount|coupon code|codes
coupon|coupons
#deal
#deals
#ad
#sale
#affiliate
#coupon
shop|buy|order|book|register|subscribe now|today
click here to|for|and
limited time|edition offer|angebot
% off
up to _ off
50 off
on sale now|for
best price|deals on|for
check out my|our new|latest|etsy|shop|channel
make money
work from home
enter to win
giveaway
gutschein|gutscheine|gutscheincode|gutscheincodes|rabattcode|rabattaktion|gewinnspiel|schnäppchen|sonderpreis|versandkostenfrei|sonderangebot|sonderangebote|bestpreis
#gutschein
#gewinnspiel
#schnäppchen
#angebot
#rabatt
jetzt ~ kaufen|bestellen|sparen|gewinnen|buchen|sichern|anmelden
gewinne|gewinnen ~ mit|ein|eine|einen|tolle
rabatt auf
gratis ~ ab|box|testen|sichern|download
günstig kaufen|online|bei|bestellen
nu ~ kopen|bestellen|boeken
koop|bestel nu
korting op
kortingscode|winactie|kortingscodes
#korting
#winactie
achetez maintenant
code promo
bon plan
livraison gratuite
codice sconto
acquista ora|subito|online
sconto del|fino
compra ya|ahora|online
código descuento|promocional
cupón|cupones
envío gratis
compre agora|já
cupom|frete desconto|grátis
`

export const JOB_PHRASES = `
we are|re hiring|recruiting
now|currently hiring
is|are hiring a|an|for|in|now|their
are you|u hiring|recruiting
#hiring
#job
#nowhiring
#stellenangebot
#stellenanzeige
#stelle
#vacature
#vacatures
#emploi
#recrutement
#empleo
#emprego
job opening|openings|vacancy|vacancies|alert
we have ~ vacancy|vacancies
looking for a|another|new new|job|full|part job|time
looking for a|another|new job
m w d
m w
w m
m f d
m v x
stellenangebot|stellenangebote|stellenanzeige|stellenanzeigen|stellenausschreibung|jobangebot|jobangebote
wir suchen ~ mitarbeiter|mitarbeiterin|verstärkung|azubi|azubis|auszubildende|praktikant|praktikanten|praktikantin|entwickler|ingenieur|aushilfe|fachkraft|fachkräfte|mitarbeiterinnen
suchen wir ~ mitarbeiter|mitarbeiterin|verstärkung|azubi|azubis|auszubildende|praktikant|praktikanten|praktikantin|entwickler|ingenieur|aushilfe|fachkraft|fachkräfte|mitarbeiterinnen
sucht|suchen|suche ~ azubi|azubis|praktikant|praktikanten|praktikum|ausbildungsplatz|werkstudent|aushilfe|nebenjob|minijob
bewirb dich
jetzt bewerben
bewerbungen an
auf jobsuche
suche ~ neuen|neue job|arbeit|stelle
#jobs ~ #stelle
#jobs in
#jobs #administrator
jobs|job versicherung|vertrieb
vacature|vacatures
wij|we zoeken ~ collega|medewerker|medewerkers|stagiair|stagiaire|ontwikkelaar|monteur
solliciteer nu|direct|meteen|via|op
op zoek naar ~ baan|werk|bijbaan|stage|stageplek
recrute|recrutons ~ cdi|cdd|stage|stagiaire|alternance
offre|offres d emploi|emplois
offerta|offerte di lavoro
cerchiamo ~ collaboratori|stagista|personale|sviluppatore
oferta|ofertas de empleo|trabajo
se busca|necesita ~ camarero|programador|dependienta|comercial
vaga|vagas de|para emprego|estágio|trabalho|desenvolvedor
`

export const IDEA_PHRASES = `
would|d be great|cool|good|awesome|helpful|better|amazing|handy|useful if you|they|we|u|there|one|@ ~ could|would|had|offered|added|were|was|did|allowed
would be nice if there|@|one
please|pls|plz add|introduce|consider|implement ~ a|an|the|back|more|option|support|letting|adding|having
should|could add|offer|introduce|consider|implement
you|u|guys should allow|create|provide|invest|bring
my suggestion|suggestions is|are|would|for
a|one|another|quick|some|here suggestion|suggestions for|would|is|to|s
suggestion for|make|add|have|try|pls|please
i|would|d|we suggest|propose ~ you|that|adding|a|having|to
how about adding|making|having|letting|offering|putting|bringing|allowing|introducing
why not offer|add|allow|let|use|provide|create
why not just put|take|give|have|make|use|add|offer
why don't|dont you|u|they|we just|offer|add|allow|let|make|use|provide|create ~ a|an|the|more|people|customers|us
wish you|they|u had|offered|flew|sold
wish there was|were
if only you|they|there had|was|were|offered|flew
if only we could have
feature request|suggestion
would|d be better if
consider adding|offering|having|bringing|making|putting|using|changing|letting|giving|opening
an idea for you
idea for your
wäre ~ schön|toll|super|cool|sinnvoll|hilfreich|prima|klasse|praktisch|gut wenn ihr|sie|man|es|der|die|das
könntet|könnten|solltet ihr|sie nicht|mal|vielleicht|bitte ~ einführen|einbauen|anbieten|ändern|machen|hinzufügen|verbessern|freischalten
ihr|sie solltet|sollten|könntet|müsstet ~ einführen|einbauen|anbieten|ändern|hinzufügen|verbessern|überlegen
man sollte ~ mal|lieber|besser|endlich|eine|einen|die|den|das
mein|kleiner vorschlag|verbesserungsvorschlag
vorschlag an euch|alle|die
wie wäre es mit|wenn
wie wärs|wär's mit|wenn
würde mir wünschen
wünsche|wünsch mir ~ dass|das|mehr
ich|würde schlage|vorschlagen ~ vor
het zou ~ fijn|leuk|mooi|handig|goed|top|tof zijn als|om
zou ~ fijn|leuk|mooi|handig|goed|top|tof zijn als|om
jullie zouden|moeten ~ toevoegen|aanbieden|invoeren
kunnen jullie niet|misschien ~ toevoegen|aanbieden|maken|invoeren
waarom niet gewoon
mijn voorstel|suggestie
misschien|wellicht een idee
suggestie om|voor
ik stel voor
serait ~ bien|bon|cool|sympa|super|utile|génial|mieux si|de|que|d
vous devriez ~ ajouter|mettre|proposer|faire|penser
je propose|suggère
sarebbe ~ bello|utile|bene|meglio|carino|interessante se|che|poter
dovreste|potreste ~ aggiungere|mettere|fare|inserire
propongo|suggerisco
sería ~ bueno|genial|interesante|conveniente|mejor|estupendo|útil|ideal|positivo|fantástico|necesario que|si|poner|hacer|crear|un|una
se podría|podrían|debería|deberían
deberíamos|habría|debería|deberían ~ poner|hacer|crear|prohibir|obligar|haber|ser|fomentar|implantar|incluir|existir|permitir
habría que
mi propuesta|sugerencia es|sería
propongo|proponemos|sugiero|sugeriría
yo propondría|añadiría|pondría|incluiría|crearía
seria ~ bom|legal|ótimo|melhor|interessante se|que
vocês|vcs deviam|deveriam|podiam|poderiam
sugiro|proponho
`

export const PURCHASE_PHRASES = `
where can|do|could i|you|we|one buy|order|purchase
where to buy|order|purchase
how can|do|could i|we buy|order|purchase|book
how much is|are|does|do|would|will ~ cost|ticket|tickets
how much ~ to buy|upgrade|fly|book
what s|is the price|cost of|for|to
what would|does it|that|this cost
i|we want|need to buy|purchase|order|book|preorder
i|we wanna buy|purchase|order|book|preorder
i|we|would|d like to buy|purchase|order|book|preorder
trying|looking|planning|hoping to buy|purchase|order|book|preorder
gonna|going to buy|preorder ~ a|an|the|one|this|that|some|tickets
want|need to buy|purchase|book a|an|another|flight|flights|tickets|ticket
thinking|thought of|about buying|ordering|booking|purchasing
should i buy|order
which one|model should i buy|get|order
considering buying|purchasing
in the market for
any recommendations for
do you|u|they|guys sell|ship
any tickets|seats left|available
looking for tickets|ticket to|for
i need tickets|ticket to|for
ready to buy|book
shut up and take my money
wo kann|bekomme|bekommt|kauft man|ich ~ kaufen|bestellen|bekommen|erwerben|tickets|karten
wo gibt|gibts es|das|die|den ~ kaufen|karten|tickets
wo ~ kaufen|bestellen|erwerben
was|wieviel kostet|kosten ~ ein|eine|das|die|der|denn|tickets
wie viel|teuer kostet|ist|kosten|sind
ich will|möchte|würde|werde|muss|mag ~ kaufen|zulegen|vorbestellen|bestellen
will|möchte|würde|werde|muss ich ~ kaufen|zulegen|vorbestellen|bestellen
kaufe|kauf|bestelle|bestell ich mir
ich kaufe|kauf|bestelle|bestell mir
kaufempfehlung|kaufberatung
welches|welchen|welche ~ empfehlen|empfehlt
suche|suchen ~ gebraucht|gebrauchtes|gebrauchten|karten|tickets
brauche|brauch|brauchen noch|unbedingt karten|tickets|ein|eine|einen
muss ich haben
waar kan|kun|koop ik|je|we ~ kopen|bestellen|krijgen
waar ~ kopen|bestellen
wat kost|kosten ~ een|het|de|die|dat
hoeveel kost|kosten
hoe duur is|zijn
ik wil|ga|wilde|moet ~ kopen|bestellen|aanschaffen
zijn er nog kaartjes|tickets
op zoek naar een nieuwe|tweedehands
`
