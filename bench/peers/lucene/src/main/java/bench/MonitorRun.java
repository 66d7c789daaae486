package bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.monitor.MatchingQueries;
import org.apache.lucene.monitor.Monitor;
import org.apache.lucene.monitor.QueryMatch;

/**
 * One Monitor, one thread. Rates are per second of processor time of this thread, so that neither neighbours on the machine
 * nor the threads that compile and collect count against it; times of single posts are by the clock.
 */
final class MonitorRun {
  private static final int[] BATCHES = {10, 100, 1_000, 10_000};
  private static final int LATENCIES_MAX = 2_000_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Monitor monitor;
  private final List<Post> posts;
  private final long nanos;
  private int next = 0;

  MonitorRun(Monitor monitor, List<Post> posts, double seconds) {
    this.monitor = monitor;
    this.posts = posts;
    this.nanos = (long) (seconds * 1e9);
  }

  List<List<String>> matches(int count) throws IOException {
    List<List<String>> found = new ArrayList<>();
    for (Post post : posts.subList(0, Math.min(count, posts.size()))) {
      List<String> ids = new ArrayList<>();
      for (QueryMatch match : matchOne(post).getMatches()) ids.add(match.getQueryId());
      found.add(ids);
    }
    return found;
  }

  /** Each figure is taken for `seconds` of processor time, after as much to warm up. */
  Map<String, Object> measure() throws IOException {
    Map<String, Object> figures = new LinkedHashMap<>();
    long[] taken = new long[LATENCIES_MAX];
    oneByOne(taken);
    long begun = THREADS.getCurrentThreadCpuTime();
    int count = oneByOne(taken);
    figures.put("postsPerSecond", count / ((THREADS.getCurrentThreadCpuTime() - begun) / 1e9));
    Arrays.sort(taken, 0, count);
    figures.put("p50Us", taken[count / 2] / 1e3);
    figures.put("p99Us", taken[(int) (count * 0.99)] / 1e3);
    Map<String, Double> batches = new LinkedHashMap<>();
    for (int size : BATCHES) {
      inBatches(size);
      batches.put(String.valueOf(size), inBatches(size));
    }
    figures.put("batches", batches);
    return figures;
  }

  private int oneByOne(long[] taken) throws IOException {
    next = 0;
    long until = THREADS.getCurrentThreadCpuTime() + nanos;
    int count = 0;
    while (count < LATENCIES_MAX && THREADS.getCurrentThreadCpuTime() < until) {
      long begun = System.nanoTime();
      matchOne(nextPost());
      taken[count++] = System.nanoTime() - begun;
    }
    return count;
  }

  /** Posts a second; at least one batch. */
  private double inBatches(int size) throws IOException {
    next = 0;
    long begun = THREADS.getCurrentThreadCpuTime();
    long count = 0;
    long taken;
    do {
      Document[] batch = new Document[size];
      for (int i = 0; i < size; i++) batch[i] = nextPost().document();
      monitor.match(batch, QueryMatch.SIMPLE_MATCHER);
      count += size;
      taken = THREADS.getCurrentThreadCpuTime() - begun;
    } while (taken < nanos);
    return count / (taken / 1e9);
  }

  private MatchingQueries<QueryMatch> matchOne(Post post) throws IOException {
    return monitor.match(post.document(), QueryMatch.SIMPLE_MATCHER);
  }

  private Post nextPost() {
    if (next == posts.size()) next = 0;
    return posts.get(next++);
  }
}
