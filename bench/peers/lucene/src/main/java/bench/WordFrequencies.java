package bench;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.monitor.TermWeightor;

/** The rarer a word in the posts, the better it tells a query; without it the Monitor goes by the length of the word. */
final class WordFrequencies implements TermWeightor {
  private final Map<String, Integer> counts = new HashMap<>();

  WordFrequencies(Analyzer analyzer, List<Post> posts) throws IOException {
    for (Post post : posts) {
      counts.merge(post.language(), 1, Integer::sum);
      try (TokenStream words = analyzer.tokenStream(Words.TEXT, post.text())) {
        CharTermAttribute word = words.getAttribute(CharTermAttribute.class);
        words.reset();
        while (words.incrementToken()) counts.merge(word.toString(), 1, Integer::sum);
        words.end();
      }
    }
  }

  @Override
  public double applyAsDouble(Term term) {
    return 1.0 / (1 + counts.getOrDefault(term.text(), 0));
  }
}
