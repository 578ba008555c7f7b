-- Whether what a payout is made of comes to it and agrees with the orders; empty where its processor does not tell what it is made of.
alter table payout add column agrees boolean;
