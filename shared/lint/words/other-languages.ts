import { wordSet } from './word-set.ts'

/**
 * Words of other languages that are common in event names, and no English words: small ones, and what is bought,
 * sent or seen. German, Dutch, French, Spanish, Portuguese, Italian, Polish, Turkish, Swedish, Danish, Norwegian,
 * Czech, Indonesian, Finnish.
 */
export const otherWords = wordSet(`
  der das und ein eine einen dem den im zu zum zur vom von mit auf bei nach nicht neu neue neuer neues wurde wird
  anmeldung abmeldung registrierung bestellung warenkorb produkt konto kunde rechnung zahlung seite formular datei benutzer einkauf suche
  het een van naar voor bij uit niet nieuw nieuwe klant bestelling winkelwagen betaling gebruiker bestand pagina wachtwoord factuur
  le la les des du une au aux avec pour par sur dans est commande panier produit compte utilisateur facture paiement formulaire fichier recherche
  el los las del al con por para una cuenta pedido carrito compra producto usuario pago factura formulario archivo busqueda inicio sesion pagina
  os da das dos ao aos na nas uma com conta carrinho produto pagamento fatura arquivo usuario cadastro compra senha boleto
  il lo gli della dello del alla nel nella ordine carrello prodotto utente pagamento fattura modulo acquisto conto registrazione accesso
  do dla nowy nowe nowa zamowienie koszyk produkt konto uzytkownik dodany dodana kupiony wyslany wyslana wybrany zapisany platnosc faktura formularz plik strona haslo wyszukiwanie rejestracja
  bir ve ile icin yeni siparis sepet urun hesap kullanici odeme fatura sayfa giris kayit sepete arama
  och att till ny nytt nya skapad skapat skickad skickat avslutad konto bestallning kundvagn anvandare betalning faktura sida sokning
  og af fra ordre bruker bruger kurv handlekurv betaling konto sidevisning
  objednavka kosik ucet uzivatel platba stranka
  pesanan keranjang produk akun pengguna pembayaran halaman
  tilaus valmis ostoskori tuote tili kayttaja maksu sivu
`)

/** Ends by which words that no English dictionary knows tell their language. */
export const otherEndings: readonly RegExp[] = [
  // German and Dutch: gesendet, abgeschlossen, aktualisiert, geplaatst, geactiveerd, Bestellung, Sicherheit.
  /^(?:ab|an|auf|aus|be|bij|ein|er|ent|hin|hinzu|los|mit|nach|op|toe|uit|um|vast|ver|vor|weg|zer|zu|zurueck|zuruck)?ge[a-z]{3,}(?:t|en|d)$/,
  /^(?:ver|be|ent|zer|er|her|miss|ont)[a-z]{3,}(?:tet|eln|ert|kt|gt|cht|ndet|ngen|ssen|ffen|aald|eurd)$/,
  /(?:iert|ieren|eerd|eren|ung|ungen|keit|heit|schaft|lijk|baar)$/,
  // Spanish, Portuguese, Italian: enviado, creada, abbandonato, ricevuta, cancelacion, registrazione.
  /(?:ado|ada|ido|ida|ados|adas|idos|idas|ato|ata|uto|uta|ito|ita|cao|cion|zione|miento)$/,
  // French without its accents: connexion, telechargement, vendeur.
  /(?:[^m]ement|xion|euse)$/,
  // Polish and Czech: dodano, kupiony, wyslana, zamowienie, dokonceno.
  /(?:ano|ono|iono|iony|iona|owany|owana|owanie|enie|ceno)$/,
  // Turkish: eklendi, tamamlandi, acildi, yapildi.
  /(?:nd[iu]|ld[iu]|mistir|miştir)$/,
  // Swedish, Danish, Norwegian: skickades, oprettet, levererat.
  /(?:ades|rettet|erad|erat|eret)$/,
]
