package bench;

import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;

record Post(String text, String language) {
  Document document() {
    Document document = new Document();
    document.add(new TextField(Words.TEXT, text, Store.NO));
    document.add(new StringField(Words.LANGUAGE, language, Store.NO));
    return document;
  }
}
