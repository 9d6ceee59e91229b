"""The numbers and words that every dialect bounds in the same way."""

from app.kernel.reading import (
    decimal_number,
    lower_text,
    optional,
    reference_number,
    whole_number,
)

number = reference_number  # the family's own number, as its provider writes it
count_of_places = whole_number(0, 20)  # a family home is the largest; more is a typing error
age = whole_number(0, 23)  # foster care ends at 21, with extension at 23 (Jeugdwet 1.1)
count_of_siblings = whole_number(1, 20)
cooperation = optional(whole_number(1, 5))
years_of_experience = decimal_number(0, 80)
faith = optional(lower_text)
network_child = optional(reference_number)
