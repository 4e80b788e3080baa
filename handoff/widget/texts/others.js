/** The other languages: a line a text, in the order of `en.js`. */
export default {
  es: `Pregúntenos
Cerrar el chat
Chat con {shop}
Asistente
Un asistente que responde con nuestras páginas
¿En qué podemos ayudar?
Escriba un mensaje
Enviar
Hablar con una persona
Esperando a una persona
Es el número {n}
Suele tardar 1 minuto
Suele tardar unos {n} minutos
Le atendemos en cuanto podamos
Puede cerrar y volver: guardamos su lugar.
Volver al asistente
{name} le atiende
{name} se ha unido y ha leído la conversación
Tenemos su mensaje
Ahora no hay nadie de turno. {hours}
Envíenme la respuesta
Este chat está cerrado. Escriba cuando quiera para seguir.
Actualizado: {date}
Más de esta sección
También en esta página
¿Le ha servido?
¿Era esto?
O quizá busca
Sí
No
Gracias
Enviando
Aún no enviado
No enviado: {why}
Editar
Entregado
Leído
{name} escribe
Sin conexión. Lo que escriba se guarda y se envía una vez.
Conectando de nuevo
{n} mensajes nuevos
Usted
¿Qué tal lo hicimos?
{n} de 5
¿Algo que debamos saber? (opcional)
Enviar valoración
Descargar la conversación
Recibir por correo
Su correo electrónico
No ha funcionado. Inténtelo otra vez.
Descartar`,
  fr: `Une question ?
Fermer le chat
Chat avec {shop}
Assistant
Un assistant qui répond à partir de nos pages
Comment pouvons-nous vous aider ?
Écrivez un message
Envoyer
Parler à une personne
En attente d’une personne
Vous êtes numéro {n}
D’habitude environ 1 minute
D’habitude environ {n} minutes
Nous arrivons dès que possible
Vous pouvez fermer et revenir : votre place est gardée.
Revenir à l’assistant
{name} est avec vous
{name} vous a rejoint et a lu la conversation
Nous avons votre message
Personne n’est de service. {hours}
Envoyez-moi la réponse
Ce chat est clos. Écrivez à tout moment pour reprendre.
Mis à jour : {date}
Suite de cette section
Aussi sur cette page
Cela vous a aidé ?
Est-ce bien cela ?
Ou cherchez-vous
Oui
Non
Merci
Envoi
Pas encore envoyé
Non envoyé : {why}
Modifier
Remis
Lu
{name} écrit
Pas de connexion. Vos messages sont gardés et envoyés une fois.
Reconnexion
{n} nouveaux messages
Vous
Comment avons-nous été ?
{n} sur 5
Une remarque ? (facultatif)
Envoyer la note
Télécharger la conversation
Recevoir par e-mail
Votre adresse e-mail
Cela n’a pas marché. Réessayez.
Ignorer`,
  de: `Fragen Sie uns
Chat schließen
Chat mit {shop}
Assistent
Ein Assistent, der aus unseren Seiten antwortet
Wobei können wir helfen?
Nachricht schreiben
Senden
Mit einem Menschen sprechen
Warten auf einen Menschen
Sie sind Nummer {n}
Meist etwa 1 Minute
Meist etwa {n} Minuten
Wir sind so bald wie möglich da
Sie können schließen und wiederkommen: Ihr Platz bleibt.
Zurück zum Assistenten
{name} ist für Sie da
{name} ist da und hat das Gespräch gelesen
Wir haben Ihre Nachricht
Gerade ist niemand im Dienst. {hours}
Antwort an mich senden
Dieser Chat ist beendet. Schreiben Sie jederzeit weiter.
Stand: {date}
Mehr aus diesem Abschnitt
Auch auf dieser Seite
War das hilfreich?
War es das?
Oder meinten Sie
Ja
Nein
Danke
Wird gesendet
Noch nicht gesendet
Nicht gesendet: {why}
Ändern
Zugestellt
Gelesen
{name} schreibt
Keine Verbindung. Was Sie schreiben, bleibt und wird einmal gesendet.
Verbinde erneut
{n} neue Nachrichten
Sie
Wie waren wir?
{n} von 5
Sollten wir etwas wissen? (freiwillig)
Bewertung senden
Gespräch herunterladen
Per E-Mail erhalten
Ihre E-Mail-Adresse
Das hat nicht geklappt. Bitte noch einmal.
Ausblenden`,
  hi: `हमसे पूछें
चैट बंद करें
{shop} से चैट
सहायक
सहायक, जो हमारे पन्नों से जवाब देता है
हम कैसे मदद करें?
संदेश लिखें
भेजें
किसी व्यक्ति से बात करें
व्यक्ति की प्रतीक्षा
आपका नंबर {n} है
आम तौर पर लगभग 1 मिनट
आम तौर पर लगभग {n} मिनट
हम जल्द से जल्द आते हैं
आप इसे बंद करके लौट सकते हैं: आपकी जगह बनी रहेगी।
सहायक पर लौटें
{name} आपके साथ हैं
{name} जुड़ गए हैं और बातचीत पढ़ चुके हैं
आपका संदेश मिल गया
अभी कोई उपलब्ध नहीं है। {hours}
जवाब मुझे भेजें
यह चैट बंद है। आगे बढ़ने के लिए कभी भी लिखें।
अपडेट: {date}
इस भाग से और
इसी पन्ने पर यह भी
क्या इससे मदद मिली?
क्या यही चाहिए था?
या आप यह पूछ रहे थे
हाँ
नहीं
धन्यवाद
भेजा जा रहा है
अभी नहीं भेजा गया
नहीं भेजा गया: {why}
बदलें
पहुँच गया
पढ़ा गया
{name} लिख रहे हैं
कनेक्शन नहीं है। लिखा हुआ रखा जाएगा और एक बार भेजा जाएगा।
फिर से जुड़ रहा है
{n} नए संदेश
आप
हमारी सेवा कैसी रही?
5 में से {n}
कुछ बताना चाहेंगे? (वैकल्पिक)
रेटिंग भेजें
बातचीत डाउनलोड करें
ईमेल से पाएँ
आपका ईमेल पता
यह नहीं हो सका। फिर कोशिश करें।
हटाएँ`,
  ar: `اسألنا
إغلاق المحادثة
محادثة مع {shop}
المساعد
مساعد يجيب من صفحاتنا
كيف يمكننا مساعدتك؟
اكتب رسالة
إرسال
التحدث إلى شخص
بانتظار شخص
رقمك {n}
عادةً نحو دقيقة
عادةً نحو {n} دقائق
سنكون معك في أقرب وقت
يمكنك الإغلاق والعودة: مكانك محفوظ.
العودة إلى المساعد
{name} معك
انضم {name} وقرأ المحادثة
وصلتنا رسالتك
لا أحد في الخدمة الآن. {hours}
أرسلوا لي الإجابة
انتهت المحادثة. اكتب متى شئت للمتابعة.
حُدّث: {date}
المزيد من هذا القسم
أيضًا في هذه الصفحة
هل أفادك هذا؟
هل هذا ما أردت؟
أو ربما تقصد
نعم
لا
شكرًا
جارٍ الإرسال
لم تُرسل بعد
لم تُرسل: {why}
تعديل
وصلت
قُرئت
{name} يكتب
لا اتصال. ما تكتبه محفوظ ويُرسل مرة واحدة.
إعادة الاتصال
{n} رسائل جديدة
أنت
كيف كان أداؤنا؟
{n} من 5
هل من ملاحظة؟ (اختياري)
إرسال التقييم
تنزيل المحادثة
إرسال بالبريد
بريدك الإلكتروني
لم ينجح ذلك. حاول مجددًا.
إخفاء`,
};
