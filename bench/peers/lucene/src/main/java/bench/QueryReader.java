package bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.Term;
import org.apache.lucene.queries.intervals.IntervalQuery;
import org.apache.lucene.queries.intervals.Intervals;
import org.apache.lucene.queries.intervals.IntervalsSource;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.QueryBuilder;

/** Reads the JSON of ../peer-query.ts. */
final class QueryReader {
  private final Analyzer analyzer;
  private final QueryBuilder builder;

  QueryReader(Analyzer analyzer) {
    this.analyzer = analyzer;
    this.builder = new QueryBuilder(analyzer);
  }

  Query read(JsonNode node) throws java.io.IOException {
    if (node.has("and")) return all(node.get("and"));
    if (node.has("or")) {
      BooleanQuery.Builder any = new BooleanQuery.Builder();
      for (JsonNode part : node.get("or")) any.add(read(part), Occur.SHOULD);
      return any.build();
    }
    if (node.has("not")) {
      return new BooleanQuery.Builder()
          .add(new MatchAllDocsQuery(), Occur.MUST)
          .add(read(node.get("not")), Occur.MUST_NOT)
          .build();
    }
    if (node.has("near")) return new IntervalQuery(Words.TEXT, intervals(node));
    if (node.has("prefix")) return new PrefixQuery(new Term(Words.TEXT, node.get("prefix").asText()));
    if (node.has("language")) return new TermQuery(new Term(Words.LANGUAGE, node.get("language").asText()));
    Query words = builder.createPhraseQuery(Words.TEXT, wordsOf(node));
    if (words == null) throw new IllegalArgumentException("No words in " + node);
    return words;
  }

  private Query all(JsonNode parts) throws java.io.IOException {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    boolean asksForWords = false;
    for (JsonNode part : parts) {
      boolean isNot = part.has("not");
      all.add(read(isNot ? part.get("not") : part), isNot ? Occur.MUST_NOT : Occur.MUST);
      asksForWords |= !isNot;
    }
    if (!asksForWords) all.add(new MatchAllDocsQuery(), Occur.MUST);
    return all.build();
  }

  private IntervalsSource intervals(JsonNode node) throws java.io.IOException {
    if (node.has("or")) {
      List<IntervalsSource> sources = new ArrayList<>();
      for (JsonNode part : node.get("or")) sources.add(intervals(part));
      return Intervals.or(sources);
    }
    if (node.has("near")) {
      IntervalsSource left = intervals(node.get("near").get(0));
      IntervalsSource right = intervals(node.get("near").get(1));
      boolean ordered = node.get("ordered").asBoolean();
      IntervalsSource both = ordered ? Intervals.ordered(left, right) : Intervals.unorderedNoOverlaps(left, right);
      return Intervals.maxgaps(node.get("distance").asInt() - 1, both);
    }
    if (node.has("prefix")) return Intervals.prefix(new org.apache.lucene.util.BytesRef(node.get("prefix").asText()));
    return Intervals.analyzedText(wordsOf(node), analyzer, Words.TEXT, 0, true);
  }

  private static String wordsOf(JsonNode node) {
    if (node.has("term")) return node.get("term").asText();
    List<String> words = new ArrayList<>();
    for (JsonNode word : node.get("phrase")) words.add(word.asText());
    return String.join(" ", words);
  }
}
