"""link.py SET FOLDER: links FOLDER/records.csv (columns of the set, unique_id, and source_dataset where two lists are linked) and
writes FOLDER/labels.csv (unique_id and a label for each threshold) and FOLDER/pairs.csv. One JSON object on standard output."""

import json
import logging
import resource
import sys
import time
import warnings
from importlib.metadata import version

import duckdb
from splink import DuckDBAPI, Linker, SettingsCreator

from settings import SETS

# Weights in bits that groups are formed at: the first is the probability of 0.95 that the documentation groups at, the others show
# what the best threshold would have brought to somebody who knows the truth.
USUAL = 4.25
THRESHOLDS = [USUAL, -4, -2, 0, 2, 7, 10, 13, 16, 19, 22, 26, 30]
KEPT_WEIGHT_MIN = -6


def main(name, folder):
    warnings.filterwarnings("ignore")
    logging.getLogger("splink").setLevel(logging.ERROR)
    about = SETS[name]
    connection = duckdb.connect()
    connection.sql(
        "create table records as select * replace (cast(unique_id as bigint) as unique_id) "
        f"from read_csv('{folder}/records.csv', header = true, all_varchar = true, nullstr = '')"
    )
    lists = connection.execute("select count(distinct source_dataset) from records").fetchall()[0][0]
    begun = time.perf_counter()
    linker = linker_of(about, connection, lists == 2)
    predictions = trained(linker, about).inference.predict(threshold_match_weight=KEPT_WEIGHT_MIN)
    label(linker, connection, predictions, USUAL, lists == 2)
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for threshold in THRESHOLDS:
        if threshold != USUAL:
            label(linker, connection, predictions, threshold, lists == 2)
    write(connection, predictions, folder)
    megabytes = peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
    print(json.dumps({"splink": version("splink"), "duckdb": version("duckdb"), "seconds": seconds, "megabytes": megabytes}))


def linker_of(about, connection, two_lists):
    api = DuckDBAPI(connection=connection)
    columns = about.get("columns", "*")
    settings = SettingsCreator(
        link_type="link_only" if two_lists else "dedupe_only",
        blocking_rules_to_generate_predictions=about["rules"],
        comparisons=about["comparisons"],
    )
    names = ["a", "b"] if two_lists else [None]
    frames = []
    for name in names:
        condition = f"where source_dataset = '{name}'" if name else ""
        relation = connection.sql(f"select {columns} from (select * exclude (source_dataset) from records {condition})")
        frames.append(api.register(relation, **({"dataset_display_name": name} if name else {})))
    return Linker(frames if two_lists else frames[0], settings)


def trained(linker, about):
    training = linker.training
    training.estimate_probability_two_random_records_match(about["deterministic"], recall=about["recall"])
    training.estimate_u_using_random_sampling(max_pairs=about["max_pairs"], seed=1)
    for rule in about["training"]:
        training.estimate_parameters_using_expectation_maximisation(
            rule, estimate_without_term_frequencies=about["without_term_frequencies"]
        )
    return linker


def label(linker, connection, predictions, threshold, two_lists):
    """Lists without duplicates are linked by single best links, as the documentation advises; all else by what hangs together."""
    if two_lists:
        found = linker.clustering.cluster_using_single_best_links(
            predictions, duplicate_free_datasets=["a", "b"], threshold_match_weight=threshold
        )
    else:
        found = linker.clustering.cluster_pairwise_predictions_at_threshold(predictions, threshold_match_weight=threshold)
    connection.execute(
        f'create table "labels {threshold}" as '
        f"select unique_id, cast(cluster_id as varchar) as label from {found.physical_name}"
    )


def write(connection, predictions, folder):
    columns = ", ".join(f'"labels {threshold}".label as "{threshold}"' for threshold in THRESHOLDS)
    joins = " ".join(f'join "labels {threshold}" using (unique_id)' for threshold in THRESHOLDS)
    connection.execute(
        f"copy (select unique_id, {columns} from records {joins} order by unique_id) to '{folder}/labels.csv' (header)"
    )
    connection.execute(
        f"copy (select unique_id_l, unique_id_r, match_weight from {predictions.physical_name}) to '{folder}/pairs.csv' (header)"
    )


main(*sys.argv[1:])
