{
    "name": "Smart Home: demo company",
    "summary": "The company «Умный Дом»: its people, catalogue, norms, objects, calls and proposals",
    "version": "19.0.1.0.0",
    "category": "Smart Home",
    "author": "Smart Home",
    "license": "LGPL-3",
    "depends": ["smarthome_bonus", "smarthome_stock"],
    "external_dependencies": {"python": ["Pillow"]},
    "data": [
        "data/res_company_data.xml",
        "data/res_users_data.xml",
        "data/res_partner_data.xml",
        "data/product_pricelist_data.xml",
    ],
    "post_init_hook": "post_init_hook",
}
