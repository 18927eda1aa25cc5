"""The starter model "Fireside Guide": corpus, training, measure; no part of the product."""
