/* scan LITERALS POSTS SECONDS: both files hold one text a line. Compiles all literals into one Hyperscan database and scans
   post by post. Prints one JSON object. What it does is less than matching: no words, no NOT, no distances. */
#include <hs/hs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct {
  const char **at;
  size_t *length;
  size_t count;
} Lines;

static void *must(void *memory) {
  if (!memory) exit(fprintf(stderr, "Out of memory\n"));
  return memory;
}

static Lines lines_of(const char *path) {
  FILE *file = must(fopen(path, "rb"));
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  char *text = must(malloc(size + 1));
  if (fread(text, 1, size, file) != (size_t)size) exit(fprintf(stderr, "Cannot read %s\n", path));
  fclose(file);
  Lines lines = {must(calloc(size + 1, sizeof(char *))), must(calloc(size + 1, sizeof(size_t))), 0};
  for (char *at = text, *end; at < text + size && (end = memchr(at, '\n', text + size - at)); at = end + 1) {
    *end = 0;
    lines.at[lines.count] = at;
    lines.length[lines.count++] = end - at;
  }
  return lines;
}

static int found(unsigned int id, unsigned long long from, unsigned long long to, unsigned int flags, void *count) {
  (void)id, (void)from, (void)to, (void)flags;
  ++*(unsigned long long *)count;
  return 0;
}

static double seconds(void) { return (double)clock() / CLOCKS_PER_SEC; }

int main(int words, char **word) {
  if (words != 4) exit(fprintf(stderr, "usage: scan LITERALS POSTS SECONDS\n"));
  Lines literals = lines_of(word[1]), posts = lines_of(word[2]);
  unsigned int *flags = must(calloc(literals.count, sizeof *flags)), *ids = must(calloc(literals.count, sizeof *ids));
  for (size_t i = 0; i < literals.count; i++) {
    flags[i] = HS_FLAG_CASELESS | HS_FLAG_SINGLEMATCH;
    ids[i] = i;
  }
  hs_database_t *database;
  hs_compile_error_t *error;
  hs_scratch_t *scratch = NULL;
  double begun = seconds();
  if (hs_compile_lit_multi(literals.at, flags, ids, literals.length, literals.count, HS_MODE_BLOCK, NULL, &database,
                           &error) != HS_SUCCESS)
    exit(fprintf(stderr, "%s\n", error->message));
  if (hs_alloc_scratch(database, &scratch) != HS_SUCCESS) exit(fprintf(stderr, "No scratch\n"));
  double loaded = seconds() - begun, wanted = atof(word[3]), taken;
  unsigned long long hits = 0, scanned = 0;
  begun = seconds();
  do {
    for (size_t i = 0; i < posts.count; i++) hs_scan(database, posts.at[i], posts.length[i], 0, scratch, found, &hits);
    scanned += posts.count;
  } while ((taken = seconds() - begun) < wanted);
  printf("{\"literals\":%zu,\"loadMs\":%.0f,\"postsPerSecond\":%.0f,\"hitsPerPost\":%.2f}\n", literals.count,
         loaded * 1e3, scanned / taken, (double)hits / scanned);
}
