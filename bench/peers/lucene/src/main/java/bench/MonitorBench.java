package bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.monitor.CustomQueryHandler;
import org.apache.lucene.monitor.Monitor;
import org.apache.lucene.monitor.MonitorConfiguration;
import org.apache.lucene.monitor.MonitorQuery;
import org.apache.lucene.monitor.MultipassTermFilteredPresearcher;
import org.apache.lucene.monitor.Presearcher;
import org.apache.lucene.monitor.TermFilteredPresearcher;
import org.apache.lucene.monitor.TermWeightor;

/**
 * Lucene Monitor at the bench's queries and posts: FOLDER holds queries.ndjson and posts.ndjson, and receives
 * matches.ndjson, the numbers of the queries that match each of the first COMPARED posts. Prints one JSON object.
 */
public final class MonitorBench {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PASSES = 2;
  /** So that the queries lie in few segments; until the commit each takes 32 kB a pass, so that 100,000 need more than 4 GB. */
  private static final int QUERIES_PER_COMMIT = 20_000;

  public static void main(String[] words) throws IOException {
    Path folder = Path.of(words[0]);
    int compared = Integer.parseInt(words[1]);
    double seconds = Double.parseDouble(words[2]);
    Words analyzer = new Words();
    List<MonitorQuery> queries = readQueries(folder.resolve("queries.ndjson"), new QueryReader(analyzer));
    List<Post> posts = readPosts(folder.resolve("posts.ndjson"));

    TermWeightor rareFirst = new WordFrequencies(analyzer, posts);
    List<CustomQueryHandler> handlers = List.of(new PrefixHandler());
    Map<String, Presearcher> presearchers = new LinkedHashMap<>();
    presearchers.put("TermFilteredPresearcher", new TermFilteredPresearcher(rareFirst, handlers, Set.of()));
    presearchers.put(
        "MultipassTermFilteredPresearcher",
        new MultipassTermFilteredPresearcher(PASSES, 0f, rareFirst, handlers, Set.of()));

    Map<String, Object> figures = new LinkedHashMap<>();
    for (Map.Entry<String, Presearcher> named : presearchers.entrySet()) {
      MonitorConfiguration configuration = new MonitorConfiguration().setQueryUpdateBufferSize(QUERIES_PER_COMMIT);
      try (Monitor monitor = new Monitor(analyzer, named.getValue(), configuration)) {
        long begun = System.nanoTime();
        monitor.register(queries);
        long loadMs = (System.nanoTime() - begun) / 1_000_000;
        MonitorRun run = new MonitorRun(monitor, posts, seconds);
        if (figures.isEmpty()) writeMatches(folder.resolve("matches.ndjson"), run.matches(compared));
        Map<String, Object> measured = run.measure();
        measured.put("loadMs", loadMs);
        figures.put(named.getKey(), measured);
      }
    }
    System.out.println(JSON.writeValueAsString(figures));
  }

  private static List<MonitorQuery> readQueries(Path file, QueryReader reader) throws IOException {
    List<MonitorQuery> queries = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode row = JSON.readTree(line);
      queries.add(new MonitorQuery(row.get("id").asText(), reader.read(row.get("query"))));
    }
    return queries;
  }

  private static List<Post> readPosts(Path file) throws IOException {
    List<Post> posts = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode row = JSON.readTree(line);
      posts.add(new Post(row.get("text").asText(), row.get("language").asText()));
    }
    return posts;
  }

  private static void writeMatches(Path file, List<List<String>> matches) throws IOException {
    try (PrintStream lines = new PrintStream(Files.newOutputStream(file))) {
      for (List<String> ids : matches) lines.println("[" + String.join(",", ids) + "]");
    }
  }
}
