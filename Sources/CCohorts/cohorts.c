#include "CCohorts.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char acc_cohort[] = {
#embed "Data/acc/cohort.yaml"
};
static const unsigned char acc_cnv[] = {
#embed "Data/acc/cnv.csv.gz"
};
static const unsigned char acc_labels[] = {
#embed "Data/acc/labels.csv"
};
static const unsigned char acc_mirna[] = {
#embed "Data/acc/mirna.csv.gz"
};
static const unsigned char acc_mrna[] = {
#embed "Data/acc/mrna.csv.gz"
};
static const unsigned char acc_mutation[] = {
#embed "Data/acc/mutation.csv.gz"
};
static const unsigned char acc_rppa[] = {
#embed "Data/acc/rppa.csv.gz"
};
static const unsigned char multifeature_cohort[] = {
#embed "Data/multifeature/cohort.yaml"
};
static const unsigned char multifeature_fac[] = {
#embed "Data/multifeature/fac.csv.gz"
};
static const unsigned char multifeature_fou[] = {
#embed "Data/multifeature/fou.csv.gz"
};
static const unsigned char multifeature_kar[] = {
#embed "Data/multifeature/kar.csv.gz"
};
static const unsigned char multifeature_labels[] = {
#embed "Data/multifeature/labels.csv"
};
static const unsigned char multifeature_mor[] = {
#embed "Data/multifeature/mor.csv.gz"
};
static const unsigned char multifeature_pix[] = {
#embed "Data/multifeature/pix.csv.gz"
};
static const unsigned char multifeature_zer[] = {
#embed "Data/multifeature/zer.csv.gz"
};

static const eq_embedded_file files[] = {
    {"acc", "cohort.yaml", acc_cohort, sizeof acc_cohort},
    {"acc", "cnv.csv.gz", acc_cnv, sizeof acc_cnv},
    {"acc", "labels.csv", acc_labels, sizeof acc_labels},
    {"acc", "mirna.csv.gz", acc_mirna, sizeof acc_mirna},
    {"acc", "mrna.csv.gz", acc_mrna, sizeof acc_mrna},
    {"acc", "mutation.csv.gz", acc_mutation, sizeof acc_mutation},
    {"acc", "rppa.csv.gz", acc_rppa, sizeof acc_rppa},
    {"multifeature", "cohort.yaml", multifeature_cohort, sizeof multifeature_cohort},
    {"multifeature", "fac.csv.gz", multifeature_fac, sizeof multifeature_fac},
    {"multifeature", "fou.csv.gz", multifeature_fou, sizeof multifeature_fou},
    {"multifeature", "kar.csv.gz", multifeature_kar, sizeof multifeature_kar},
    {"multifeature", "labels.csv", multifeature_labels, sizeof multifeature_labels},
    {"multifeature", "mor.csv.gz", multifeature_mor, sizeof multifeature_mor},
    {"multifeature", "pix.csv.gz", multifeature_pix, sizeof multifeature_pix},
    {"multifeature", "zer.csv.gz", multifeature_zer, sizeof multifeature_zer},
};

size_t eq_embedded_file_count(void) { return sizeof files / sizeof files[0]; }

eq_embedded_file eq_embedded_file_at(size_t index) { return files[index]; }
