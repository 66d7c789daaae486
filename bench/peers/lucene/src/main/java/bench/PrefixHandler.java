package bench;

import java.io.IOException;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.monitor.CustomQueryHandler;
import org.apache.lucene.monitor.QueryTree;
import org.apache.lucene.monitor.TermWeightor;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;

/**
 * Lucene Monitor looks at a prefix query on every post, and its RegexpQueryHandler puts every piece of every word into the
 * look-up. Beginnings of words are enough here: a post also asks for its words' first letters, marked as such.
 */
final class PrefixHandler implements CustomQueryHandler {
  private static final int LETTERS_MIN = 3;
  private static final int LETTERS_MAX = 5;
  private static final char MARK = '\u0001';

  @Override
  public QueryTree handleQuery(Query query, TermWeightor weightor) {
    if (!(query instanceof PrefixQuery prefix)) return null;
    String letters = prefix.getPrefix().text();
    if (letters.length() < LETTERS_MIN) return null;
    String head = letters.substring(0, Math.min(LETTERS_MAX, letters.length()));
    Term term = new Term(prefix.getField(), head + MARK);
    return QueryTree.term(term, weightor);
  }

  @Override
  public TokenStream wrapTermStream(String field, TokenStream words) {
    return field.equals(Words.TEXT) ? new Heads(words) : words;
  }

  /** Each word, and behind it its first letters. */
  private static final class Heads extends TokenFilter {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private String word = "";
    private int letters = LETTERS_MAX + 1;

    Heads(TokenStream words) {
      super(words);
    }

    @Override
    public boolean incrementToken() throws IOException {
      if (letters <= Math.min(LETTERS_MAX, word.length())) {
        clearAttributes();
        term.append(word, 0, letters++).append(MARK);
        return true;
      }
      if (!input.incrementToken()) return false;
      word = term.toString();
      letters = LETTERS_MIN;
      return true;
    }
  }
}
