/* form_words.tbl.h - what the pages of web forms say to visitors, a column a language.
 *
 * WORD(name, English, German, Vietnamese)
 * name: of a field of a lead that a form may ask for, or of a sentence of the page. A field without
 * a row is asked for by its label. */
WORD("name", "Name", "Name", "Họ và tên")
WORD("given", "First name", "Vorname", "Tên")
WORD("family", "Last name", "Nachname", "Họ")
WORD("additional", "Middle names", "Weitere Vornamen", "Tên đệm")
WORD("prefix", "Title before the name", "Anrede oder Titel", "Danh xưng")
WORD("suffix", "Title after the name", "Namenszusatz", "Hậu tố tên")
WORD("company", "Company", "Firma", "Công ty")
WORD("department", "Department", "Abteilung", "Phòng ban")
WORD("job_title", "Job title", "Position", "Chức danh")
WORD("role", "What you do there", "Aufgabe", "Vai trò")
WORD("phones", "Phone", "Telefon", "Điện thoại")
WORD("emails", "E-mail", "E-Mail", "E-mail")
WORD("note", "Your message", "Ihre Nachricht", "Nội dung")
WORD("product", "Product", "Produkt", "Sản phẩm")
WORD("territory", "Region", "Region", "Khu vực")
WORD("language", "Language", "Sprache", "Ngôn ngữ")
WORD("send", "Send", "Absenden", "Gửi")
WORD("needed", "* must be filled in", "* bitte ausfüllen", "* bắt buộc")
WORD("again", "Please look it over once more, and send it.",
     "Bitte sehen Sie Ihre Angaben noch einmal durch und senden Sie sie ab.",
     "Vui lòng xem lại thông tin một lần nữa rồi gửi.")
WORD("quick", "That was too quick; please send it again in a minute.",
     "Das ging zu schnell; bitte senden Sie es in einer Minute noch einmal.",
     "Bạn gửi quá nhanh; vui lòng gửi lại sau một phút.")
WORD("check", "Please check this:", "Bitte prüfen Sie:", "Vui lòng kiểm tra:")
WORD("thanks", "Thank you", "Vielen Dank", "Xin cảm ơn")
WORD("got", "We have got it, and will be in touch.",
     "Ihre Nachricht ist angekommen; wir melden uns.",
     "Chúng tôi đã nhận được và sẽ liên hệ với bạn.")
WORD("gone", "This form is not in use any more.", "Dieses Formular wird nicht mehr verwendet.",
     "Biểu mẫu này không còn được sử dụng.")
WORD("fails", "This did not work; please try again later.",
     "Das hat nicht geklappt; bitte versuchen Sie es später noch einmal.",
     "Chưa gửi được; vui lòng thử lại sau.")
