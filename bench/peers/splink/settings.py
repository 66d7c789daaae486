"""What Splink is told about each set: the settings of its own documentation where it documents the set (fake_1000, FEBRL3), and
elsewhere what that documentation recommends for columns of that kind (its examples of historical persons and of linking)."""

import splink.comparison_library as cl
from splink import block_on

# Page "Evaluating when you have fully labelled data" of the documentation.
FAKE_1000 = {
    "rules": [block_on("first_name"), block_on("surname"), block_on("dob"), block_on("email")],
    "comparisons": [
        cl.ForenameSurnameComparison("first_name", "surname"),
        cl.DateOfBirthComparison("dob", input_is_string=True),
        cl.ExactMatch("city").configure(term_frequency_adjustments=True),
        cl.EmailComparison("email"),
    ],
    "deterministic": [
        "l.first_name = r.first_name and levenshtein(r.dob, l.dob) <= 1",
        "l.surname = r.surname and levenshtein(r.dob, l.dob) <= 1",
        "l.first_name = r.first_name and levenshtein(r.surname, l.surname) <= 2",
        "l.email = r.email",
    ],
    "recall": 0.7,
    "max_pairs": 1e6,
    "training": [block_on("dob"), block_on("email"), block_on("first_name", "surname")],
    "without_term_frequencies": True,
}

# Page "Febrl3 Dedupe" of the documentation.
FEBRL3 = {
    "rules": [
        block_on("soc_sec_id"),
        block_on("given_name"),
        block_on("surname"),
        block_on("date_of_birth"),
        block_on("postcode"),
    ],
    "comparisons": [
        cl.NameComparison("given_name"),
        cl.NameComparison("surname"),
        cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
        cl.DamerauLevenshteinAtThresholds("soc_sec_id", [2]),
        cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
        cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
    ],
    "deterministic": [
        block_on("soc_sec_id"),
        block_on("given_name", "surname", "date_of_birth"),
        "l.given_name = r.surname and l.surname = r.given_name and l.date_of_birth = r.date_of_birth",
    ],
    "recall": 0.9,
    "max_pairs": 1e6,
    "training": [block_on("date_of_birth"), block_on("postcode")],
    "without_term_frequencies": False,
}

# Not in the documentation: its example of linking two lists, on lower-cased texts, neither of which has duplicates. Venues are
# called otherwise in the two lists, so that they would only speak against what belongs together.
DBLP_ACM = {
    "columns": "*, lower(trim(title, ' .')) as name, lower(authors) as people",
    "rules": [
        block_on("name"),
        block_on("substr(name, 1, 12)"),
        block_on("people"),
        block_on("substr(people, 1, 8)", "year"),
    ],
    "comparisons": [
        cl.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.8]),
        cl.JaroWinklerAtThresholds("people", [0.95, 0.88, 0.75]),
        cl.ExactMatch("year"),
    ],
    "deterministic": [block_on("name", "year"), block_on("people", "year", "substr(name, 1, 10)")],
    "recall": 0.9,
    "max_pairs": 1e6,
    "training": [block_on("name"), block_on("people")],
    "without_term_frequencies": False,
}

# Not in the documentation either: blocking as in its example of 50,000 historical persons, and as it advises no two columns of one
# address. With street, town or its comparison of both names at once fewer pairs are right (its best F1 falls from 0.88 to 0.81).
PERSONS = {
    "rules": [
        block_on("substr(given, 1, 3)", "substr(surname, 1, 4)"),
        block_on("surname", "birthDate"),
        block_on("given", "birthDate"),
        block_on("postcode", "given"),
        block_on("postcode", "surname"),
        block_on("birthDate", "city"),
        block_on("phone"),
        block_on("mail"),
    ],
    "comparisons": [
        cl.NameComparison("given").configure(term_frequency_adjustments=True),
        cl.NameComparison("surname").configure(term_frequency_adjustments=True),
        cl.DateOfBirthComparison("birthDate", input_is_string=True),
        cl.DamerauLevenshteinAtThresholds("postcode", [1]).configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("phone", [1, 2]),
        cl.EmailComparison("mail"),
    ],
    "deterministic": [
        block_on("given", "surname", "birthDate"),
        block_on("phone", "surname"),
        block_on("mail"),
        block_on("birthDate", "postcode"),
    ],
    "recall": 0.8,
    "max_pairs": 1e6,
    "training": [block_on("given", "surname"), block_on("birthDate")],
    "without_term_frequencies": True,
}

SETS = {"fake_1000": FAKE_1000, "FEBRL3": FEBRL3, "DBLP-ACM": DBLP_ACM, "persons": PERSONS}
